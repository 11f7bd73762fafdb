using System.Collections.Immutable;
using LocalAws;
using LocalAws.LoadBalancing;
using LocalAws.Rds;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>What came of one failover for one target group.</summary>
/// <param name="Seconds">From when DNS showed the new address to its registration that lasted, 0 when that was before; null: it was not registered in the end.</param>
/// <param name="Emptied">A removal left the group with no target that answers though one had, or with no target at all.</param>
/// <param name="WithoutTarget">At some moment no target at all was registered.</param>
/// <param name="ServedReader">A listener for the writer led to a reader for more than 30 seconds on end.</param>
internal sealed record Outcome(double? Seconds, bool Emptied, bool WithoutTarget, bool ServedReader);

/// <summary>Looks at one target group after everything that happens, and asks nobody: it reads the account's state itself.</summary>
internal sealed class Onlooker(Cloud cloud, TargetGroup group, DatabaseCase database)
{
    private static readonly TimeSpan ReaderMayServe = TimeSpan.FromSeconds(30);

    private ImmutableArray<Target> before = [];
    private DateTimeOffset? registered;
    private DateTimeOffset? readerSince;
    private bool emptied;
    private bool withoutTarget;
    private bool servedReader;

    public void Look(Failover? failover)
    {
        var now = cloud.Time.GetUtcNow();
        ImmutableArray<Target> present = [.. group.TargetsAt(now).Where(static target => target.DrainsUntil is null)];
        withoutTarget |= present.IsEmpty;
        emptied |= present.Length < before.Length + Added(present) && !present.Any(Answers) && (present.IsEmpty || before.Any(Answers));
        before = present;
        if (failover is null) return;

        registered = present.Any(target => target.Address.Equals(failover.NewAddress)) ? registered ?? now : null;
        readerSince = present.Any(IsReader) ? readerSince ?? now : null;
        servedReader |= now - readerSince > ReaderMayServe;
    }

    public Outcome Outcome(DateTimeOffset shown) => new(
        registered is { } at ? Math.Max(0, Math.Round((at - shown).TotalSeconds, 3)) : null,
        emptied,
        withoutTarget,
        servedReader);

    private int Added(ImmutableArray<Target> present) => present.Count(target => !before.Any(other => other.IsAt(target.Address, target.Port)));

    private bool Answers(Target target) => cloud.Ec2.Ports.Find(target.Address, target.Port) is { IsOpen: true };

    private bool IsReader(Target target) => Answers(target) && database.Readers(cloud).Any(reader => target.Address.Equals(reader.Address));
}
