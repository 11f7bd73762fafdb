using Amazon.Runtime;
using LocalAws;
using LocalAws.Access;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Tests.House;
using ServerlessPrivateLink.Tests.Provisioning;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>A person who runs the command line in front of a cloud, whose time is the clock of both.</summary>
internal static class Operator
{
    public static Run Run(Cloud cloud, params string[] args) => RunAs(cloud, cloud.Operator, args);

    /// <summary>As somebody who may do what the policy says and nothing else.</summary>
    public static Run RunWith(Cloud cloud, Policy policy, params string[] args)
    {
        var arn = $"arn:{cloud.Options.Partition}:iam::{cloud.Options.AccountId}:user/limited";
        return RunAs(cloud, cloud.Access.Issue(new(arn, cloud.Options.AccountId, "limited", [policy], ConditionKeys.None), temporary: false), args);
    }

    private static Run RunAs(Cloud cloud, IssuedKey key, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new Host(Repository.Root, Live: false, cloud.Time) { Aws = new(new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), cloud.Door) };
#pragma warning disable CA2025 // The pump ends when the program has.
        var code = cloud.Time.Run(() => Program.RunAsync([.. args, "--stack", World.StackName, "--region", cloud.Options.Region], output, error, host, CancellationToken.None));
#pragma warning restore CA2025
        return new(code, output.ToString(), error.ToString());
    }
}
