using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class NameWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly NameWatch watch = NameWatch.Begin([new("orders.example", "10.0.0.1"), new("ledger.example", "10.0.0.2")], hasClusters: true, Start);

    [Fact]
    public void While_nothing_moves_it_waits_for_the_next_beat_and_looks_every_twenty_seconds_until_the_schedule_does()
    {
        var (steps, at) = (new List<WatchStep>(), Start);
        for (var next = watch; next.Step is not WatchStep.Over; at = next.Again) steps.Add((next = next.After(Answers("10.0.0.1"), at)).Step);

        Assert.Equal([12, 24], steps.Index().Where(static step => step.Item is WatchStep.Sync).Select(static step => step.Index));
        Assert.InRange((at - Start).TotalSeconds, 62, 66);
        Assert.InRange(steps.Count, 36, 39);
    }

    [Fact]
    public void Where_there_is_no_cluster_names_tell_all()
    {
        var steps = new List<WatchStep>();
        for (var next = NameWatch.Begin([new("orders.example", "10.0.0.1")], hasClusters: false, Start); next.Step is not WatchStep.Over;) steps.Add((next = next.After(Answers("10.0.0.1"), next.Again)).Step);

        Assert.DoesNotContain(WatchStep.Sync, steps);
    }

    [Fact]
    public void A_name_that_leads_elsewhere_is_looked_at_once()
    {
        var moved = watch.After(Answers("10.0.0.9"), Start);
        var still = moved.After(Answers("10.0.0.9"), moved.Again);

        Assert.Equal((WatchStep.Sync, WatchStep.Wait), (moved.Step, still.Step));
        Assert.Equal(Start + TimeSpan.FromSeconds(20), moved.SyncAt);
    }

    [Fact]
    public void What_was_seen_before_the_watch_began_counts_as_well() =>
        Assert.Equal(WatchStep.Sync, NameWatch.Begin([new("orders.example", "10.0.0.8")], hasClusters: false, Start).After(Answers("10.0.0.1"), Start).Step);

    [Fact]
    public void A_crowd_that_had_moved_before_is_left_to_the_schedules_run_for_twenty_seconds()
    {
        var (first, second) = (After(Crowd(11), Start), After(Crowd(11), Start + FollowProgress.Beat));
        var (steps, next) = (new List<WatchStep>(), first);
        while (next.Step is not WatchStep.Over) steps.Add((next = After(next, next.Again)).Step);

        Assert.Equal((WatchStep.Wait, Start + TimeSpan.FromSeconds(20)), (first.Step, first.SyncAt));
        Assert.Equal(11, steps.IndexOf(WatchStep.Sync));
        Assert.Equal(WatchStep.Sync, After(Crowd(10), Start).Step);
        Assert.Equal(WatchStep.Sync, second.After(Everywhere("10.0.0.2"), second.Again).Step);

        static NameWatch Crowd(int names) => NameWatch.Begin([.. Enumerable.Range(0, names).Select(static at => new WatchedName($"{at}.example", "10.0.0.8"))], hasClusters: false, Start);
        static NameWatch After(NameWatch watch, DateTimeOffset now) => watch.After(Everywhere("10.0.0.1"), now);
        static Dictionary<string, HostAnswer> Everywhere(string address) => Enumerable.Range(0, 11).Select(at => new HostAnswer($"{at}.example", [address], "")).ToDictionary(static one => one.Host, StringComparer.Ordinal);
    }

    [Fact]
    public void The_order_of_addresses_is_no_move() =>
        Assert.Equal(WatchStep.Wait, NameWatch.Begin([new("orders.example", "10.0.0.1 10.0.0.3")], hasClusters: false, Start).After(Answers("10.0.0.3", "10.0.0.1", "10.0.0.3"), Start).Step);

    [Theory]
    [InlineData("the name has no address in this VPC's DNS")]
    [InlineData("")]
    public void An_answer_without_addresses_is_no_move(string failure)
    {
        var next = watch.After(new Dictionary<string, HostAnswer>(StringComparer.Ordinal) { ["orders.example"] = new("orders.example", [], failure) }, Start);

        Assert.Equal(WatchStep.Wait, next.Step);
        Assert.Equal(watch.Names.ToArray(), next.Names.ToArray());
    }

    [Fact]
    public void A_name_that_moves_all_the_time_is_left_to_the_schedule()
    {
        var (steps, next) = (new List<WatchStep>(), watch);
        for (var beat = 0; beat < 8; beat++) steps.Add((next = next.After(Answers($"10.0.1.{beat}"), Start + TimeSpan.FromSeconds(beat))).Step);

        Assert.Equal([WatchStep.Sync, WatchStep.Sync, WatchStep.Sync, WatchStep.Wait, WatchStep.Wait], steps.Take(5));
    }

    [Fact]
    public void The_time_that_a_run_takes_does_not_shift_the_beats()
    {
        var late = watch.After(Answers("10.0.0.1"), Start + TimeSpan.FromSeconds(1.8));

        Assert.Equal(Start + TimeSpan.FromSeconds(3.4), late.Again);
    }

    [Fact]
    public void Names_that_one_interface_could_not_ask_take_turns_and_all_come()
    {
        ImmutableArray<WatchedName> many = [.. Enumerable.Range(0, 1100).Select(static at => new WatchedName($"{at}.example", ""))];

        var minutes = Enumerable.Range(0, 3).Select(minute => NameWatch.Begin(many, hasClusters: false, Start + TimeSpan.FromMinutes(minute)).Names).ToArray();

        Assert.All(minutes, static names => Assert.InRange(names.Length, 1, 500));
        Assert.Equal(1100, minutes.SelectMany(static names => names).Distinct().Count());
    }

    [Fact]
    public void Without_a_name_there_is_nothing_to_watch() => Assert.Equal(WatchStep.Over, NameWatch.Begin([], hasClusters: false, Start).After(Answers("10.0.0.1"), Start).Step);

    private static Dictionary<string, HostAnswer> Answers(params ImmutableArray<string> orders) => new(StringComparer.Ordinal)
    {
        ["orders.example"] = new("orders.example", orders, ""),
        ["ledger.example"] = new("ledger.example", ["10.0.0.2"], ""),
    };
}
