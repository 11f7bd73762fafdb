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
    public static Run Run(Cloud cloud, params string[] args) => RunWith(cloud, cloud.Operator, args);

    /// <summary>The person presses Ctrl-C when a line with a word has been read so many times.</summary>
    public static Run RunUntil(Cloud cloud, string word, int times, params string[] args)
    {
        using var ctrlC = new CancellationTokenSource();
        using var output = new Impatient(ctrlC, word, times);
        return Run(cloud, cloud.Operator, args, output, ctrlC.Token);
    }

    /// <summary>Somebody who may do what the policy says and nothing else.</summary>
    public static Caller Limited(Cloud cloud, Policy policy) =>
        new($"arn:{cloud.Options.Partition}:iam::{cloud.Options.AccountId}:user/limited", cloud.Options.AccountId, "limited", [policy], ConditionKeys.None);

    public static Run RunAs(Cloud cloud, Caller caller, params string[] args) => RunWith(cloud, cloud.Access.Issue(caller, temporary: false), args);

    private static Run RunWith(Cloud cloud, IssuedKey key, string[] args)
    {
        using var output = new StringWriter();
        return Run(cloud, key, args, output, CancellationToken.None);
    }

    private static Run Run(Cloud cloud, IssuedKey key, string[] args, StringWriter output, CancellationToken stop)
    {
        using var error = new StringWriter();
        var host = new Host(Repository.Root, Live: false, cloud.Time) { Aws = new(new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), cloud.Door) };
#pragma warning disable CA2025 // The pump ends when the program has.
        var code = cloud.Time.Run(() => Program.RunAsync([.. args, "--stack", World.StackName, "--region", cloud.Options.Region], output, error, host, stop));
#pragma warning restore CA2025
        return new(code, output.ToString(), error.ToString());
    }

    private sealed class Impatient(CancellationTokenSource ctrlC, string word, int times) : StringWriter
    {
        private int read;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(word, StringComparison.Ordinal) == true && ++read == times)
                ctrlC.Cancel();
        }
    }
}
