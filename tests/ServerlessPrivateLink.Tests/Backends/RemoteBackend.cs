using System.Collections.Immutable;
using System.Net;
using Amazon;
using Amazon.Runtime;
using LocalAws.Access;
using LocalAws.Lambda;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.Provisioning;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>Where the functions' calls go, and what the stack would tell them there.</summary>
/// <param name="Settings">The stack.</param>
/// <param name="Key">The credentials of all functions, and of the onlooker.</param>
/// <param name="DatabaseAddresses">What DNS says of the database.</param>
internal sealed record Remote(StackSettings Settings, IssuedKey Key, ImmutableArray<IPAddress> DatabaseAddresses);

/// <summary>An AWS outside this process.</summary>
internal abstract class RemoteBackend : Backend
{
    private readonly Remote remote;
    private readonly RemoteDoor door;

    protected RemoteBackend(Remote remote, RemoteDoor door)
        : base(new World(), remote.Settings.Stack)
    {
        (this.remote, this.door) = (remote, door);
        World.Cloud.Lambda.Loader = Load;
        Aws = OperatorClients.With(Through);
    }

    public override string DatabaseAddress => $"{remote.DatabaseAddresses[0]} 5432";

    protected override OperatorClients Aws { get; }

    protected override int Place => door.Count;

    protected override ImmutableArray<string> ChangesSince(int place) => door.ChangesSince(place);

    private LambdaEntry Load(FunctionSettings function, FunctionSurroundings surroundings) => ProductFunctions.Load(function, surroundings with
    {
        Environment = surroundings.Environment.SetItems(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StackSettings.StackVariable] = remote.Settings.Stack,
            [StackSettings.AccountVariable] = remote.Settings.AccountId,
            [StackSettings.RegionVariable] = remote.Settings.Region,
            [StackSettings.PartitionVariable] = remote.Settings.Partition,
            [StackSettings.VpcVariable] = remote.Settings.VpcId,
            [StackSettings.SubnetsVariable] = string.Join(',', remote.Settings.SubnetIds),
            [StackSettings.AlertFormatVariable] = "standard",
            [StackSettings.AlertTopicVariable] = remote.Settings.AlertTopicArn,
            [StackSettings.ConnectionTopicVariable] = remote.Settings.ConnectionTopicArn,
            [StackSettings.DatabaseSecurityGroupsVariable] = string.Join(',', remote.Settings.DatabaseSecurityGroups),
        }),
        Credentials = remote.Key,
        Resolve = (_, _) => Task.FromResult(remote.DatabaseAddresses),
        Http = door,
    });

    private AWSCredentials Credentials() => remote.Key.SessionToken is { } token
        ? new SessionAWSCredentials(remote.Key.AccessKeyId, remote.Key.SecretAccessKey, token)
        : new BasicAWSCredentials(remote.Key.AccessKeyId, remote.Key.SecretAccessKey);

    private void Through(ClientConfig config)
    {
        config.DefaultAWSCredentials = Credentials();
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(remote.Settings.Region);
        config.HttpClientFactory = door;
        config.MaxErrorRetry = 0;
    }
}
