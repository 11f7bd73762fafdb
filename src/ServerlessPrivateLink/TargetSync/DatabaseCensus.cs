using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.RDS;
using Amazon.RDS.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>Finds out where databases are, all of them in a handful of calls.</summary>
public sealed class DatabaseCensus(Lazy<IAmazonRDS> rds, Lazy<IAmazonEC2> ec2, IAmazonLambda lambda, StackSettings settings, ResolverFunction resolver)
{
    /// <summary>
    /// Where the database of each group is, by the group's ARN. Every new address is held to the VPC's blocks;
    /// while all databases are where they were seen before, these are not read again.
    /// </summary>
    public async Task<ImmutableDictionary<string, Whereabouts>> TakeAsync(ImmutableArray<SyncedGroup> groups, CancellationToken token)
    {
        var clusters = await ClustersAsync([.. groups.Select(static group => group.Cluster).OfType<string>().Distinct(StringComparer.Ordinal)], token);
        var asked = groups.ToImmutableDictionary(static group => group.Arn, group => WhereaboutsRule.HostsOf(group, clusters), StringComparer.Ordinal);
        var answers = await ResolveAsync([.. asked.Values.SelectMany(static one => one.Hosts).Distinct(StringComparer.OrdinalIgnoreCase)], token);
        if (groups.All(group => WhereaboutsRule.IsAsSeen(group, asked[group.Arn], answers)))
            return groups.ToImmutableDictionary(static group => group.Arn, static group => Whereabouts.Of(group.Seen!.Listed), StringComparer.Ordinal);

        var cidrs = (await new NetworkReading(ec2.Value, token).VpcAsync(settings.VpcId))?.Cidrs ?? [];
        return groups.ToImmutableDictionary(static group => group.Arn, group => WhereaboutsRule.Of(group, asked[group.Arn], answers, cidrs), StringComparer.Ordinal);
    }

    private async Task<ImmutableDictionary<string, FoundCluster>> ClustersAsync(ImmutableArray<string> names, CancellationToken token)
    {
        if (names.IsEmpty) return ImmutableDictionary<string, FoundCluster>.Empty;

        List<Filter> these = [new() { Name = "db-cluster-id", Values = [.. names] }];
        var clusters = await Pages.ReadAsync(
            marker => rds.Value.DescribeDBClustersAsync(new DescribeDBClustersRequest { Filters = these, Marker = marker }, token),
            static answer => answer.DBClusters,
            static answer => answer.Marker);
        var instances = await Pages.ReadAsync(
            marker => rds.Value.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = these, Marker = marker }, token),
            static answer => answer.DBInstances,
            static answer => answer.Marker);
        var hosts = instances.ToImmutableDictionary(static instance => instance.DBInstanceIdentifier, static instance => instance.Endpoint?.Address, StringComparer.Ordinal);
        return clusters.ToImmutableDictionary(
            static cluster => cluster.DBClusterIdentifier,
            cluster => new FoundCluster(
                cluster.DBClusterIdentifier,
                [.. (cluster.DBClusterMembers ?? []).Select(member => new FoundMember(
                    member.DBInstanceIdentifier,
                    hosts.GetValueOrDefault(member.DBInstanceIdentifier),
                    member.IsClusterWriter == true))]),
            StringComparer.Ordinal);
    }

    // Written and read by hand: what every cold start would have to learn of the types' shapes takes longer than the call.
    private async Task<ImmutableDictionary<string, HostAnswer>> ResolveAsync(ImmutableArray<string> hosts, CancellationToken token)
    {
        if (hosts.IsEmpty) return ImmutableDictionary<string, HostAnswer>.Empty;

        var asked = new JsonObject
        {
            [nameof(ResolveAddressesInput.VpcCidrs)] = new JsonArray(),
            [nameof(ResolveAddressesInput.Exposures)] = new JsonArray(),
            [nameof(ResolveAddressesInput.Hosts)] = new JsonArray([.. hosts.Select(static host => JsonValue.Create(host))]),
        };
        var invoked = await lambda.InvokeAsync(new InvokeRequest { FunctionName = resolver.Name, Payload = asked.ToJsonString() }, token);
        if (invoked.FunctionError is { Length: > 0 })
            throw new ResolverFailedException(Encoding.UTF8.GetString(invoked.Payload.ToArray()));

        using var answered = JsonDocument.Parse(invoked.Payload.ToArray());
        return answered.RootElement.GetProperty(nameof(ResolveAddressesOutput.Answers)).EnumerateArray().Select(Read).ToImmutableDictionary(static answer => answer.Host, StringComparer.OrdinalIgnoreCase);
    }

    private static HostAnswer Read(JsonElement answer) => new(
        answer.GetProperty(nameof(HostAnswer.Host)).GetString()!,
        [.. answer.GetProperty(nameof(HostAnswer.Addresses)).EnumerateArray().Select(static address => address.GetString()!)],
        answer.GetProperty(nameof(HostAnswer.Failure)).GetString()!,
        answer.GetProperty(nameof(HostAnswer.Silent)).GetBoolean());
}

/// <summary>The function inside the VPC that resolves names.</summary>
public sealed record ResolverFunction(string Name)
{
    public const string Variable = "RESOLVER_FUNCTION";
}

public sealed class ResolverFailedException(string answer)
    : RefusedException(
        $"ResolveAddresses failed: {answer[..Math.Min(500, answer.Length)]}",
        "Look at the log of ResolveAddresses: it runs inside the VPC and needs free addresses in the stack's subnets.");
