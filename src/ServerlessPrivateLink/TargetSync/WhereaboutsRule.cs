using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>The names to resolve for a target group, or why there are none.</summary>
public sealed record HostsToAsk(ImmutableArray<string> Hosts, ImmutableArray<Doubt> Doubts);

/// <summary>From what RDS and DNS say to where a database is. Every answer is checked; none is trusted.</summary>
public static class WhereaboutsRule
{
    public static HostsToAsk HostsOf(SyncedGroup group, IReadOnlyDictionary<string, FoundCluster> clusters)
    {
        if (group.Cluster is not { } name) return new([group.Host!], []);
        if (!clusters.TryGetValue(name, out var cluster)) return Unknown($"RDS knows no cluster {name}");

        var writers = cluster.Members.Where(static member => member.IsWriter).ToImmutableArray();
        if (group.Kind is DatabaseKind.ClusterWriter)
            return writers is [var writer] ? Named([writer]) : Unknown($"{writers.Length} members of the cluster {name} are its writer just now");

        // A cluster without readers answers on its reader endpoint with the writer ("Amazon Aurora endpoint connections").
        var readers = cluster.Members.Where(static member => !member.IsWriter).ToImmutableArray();
        return readers.IsEmpty && writers.IsEmpty ? Unknown($"the cluster {name} has no member") : Named(readers.IsEmpty ? writers : readers);
    }

    public static Whereabouts Of(SyncedGroup group, HostsToAsk asked, IReadOnlyDictionary<string, HostAnswer> answers, ImmutableArray<string> vpcCidrs)
    {
        var judged = asked.Hosts.Select(host => Judge(host, answers.GetValueOrDefault(host), vpcCidrs, group.AllowedCidrs)).ToImmutableArray();
        return Whereabouts.Of(judged.SelectMany(static one => one.Addresses), [.. asked.Doubts, .. judged.Select(static one => one.Doubt).OfType<Doubt>()]);
    }

    /// <summary>Whether every question was answered, and the answers are just where the database was seen before, each of which was judged then.</summary>
    public static bool IsAsSeen(SyncedGroup group, HostsToAsk asked, IReadOnlyDictionary<string, HostAnswer> answers)
    {
        if (group.Seen is not { Listed.IsEmpty: false } seen || !asked.Doubts.IsEmpty || group.Told is { Mood: SyncMood.Refused }) return false;
        var given = asked.Hosts.Select(answers.GetValueOrDefault).ToImmutableArray();
        return given.All(static answer => answer is { Silent: false, Failure: "", Addresses.IsEmpty: false }) && seen.Addresses == Sighting.TextOf([.. given.SelectMany(static answer => answer!.Addresses)]);
    }

    private static (ImmutableArray<string> Addresses, Doubt? Doubt) Judge(string host, HostAnswer? answer, ImmutableArray<string> vpcCidrs, ImmutableArray<string> allowedCidrs)
    {
        if (answer is null || answer.Silent) return ([], new(SyncRule.ResolverSilent, $"{host}: {answer?.Failure ?? "it was not asked"}"));
        if (answer.Failure.Length > 0) return ([], new(SyncRule.NameWithoutAddress, $"{host}: {answer.Failure}"));

        var ipv4 = answer.Addresses.Where(static address => Ipv4Block.TryParseAddress(address, out _)).ToImmutableArray();
        if (ipv4.IsEmpty) return ([], new(SyncRule.NameWithoutAddress, $"{host}: the answer holds no IPv4 address"));

        // One stranger in an answer makes the whole of it suspect.
        var strangers = ipv4.Select(address => AddressRule.Reason(address, vpcCidrs, allowedCidrs)).OfType<string>().ToImmutableArray();
        return strangers.IsEmpty ? (ipv4, null) : ([], new(SyncRule.AddressNotAllowed, $"{host}: {string.Join(", ", strangers)}"));
    }

    private static HostsToAsk Named(ImmutableArray<FoundMember> members) => new(
        [.. members.Select(static member => member.Host).OfType<string>().Order(StringComparer.Ordinal)],
        [.. members.Where(static member => member.Host is null).Select(static member => new Doubt(SyncRule.DatabaseUnknown, $"{member.Name} has no endpoint yet"))]);

    private static HostsToAsk Unknown(string reason) => new([], [new(SyncRule.DatabaseUnknown, reason)]);
}
