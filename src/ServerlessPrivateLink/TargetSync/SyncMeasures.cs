using System.Collections.Immutable;
using ServerlessPrivateLink.Logging;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>What a run is measured by.</summary>
public static class SyncMeasures
{
    /// <summary>The measure that every such run writes.</summary>
    public const string Looked = "TargetGroupsLooked";

    /// <summary>The stack's, of every scheduled run.</summary>
    public static ImmutableArray<Metric> OfRun(ImmutableArray<GroupLook> looks, int left) =>
    [
        new(Looked, looks.Length, EmbeddedMetrics.Count),
        new("TargetGroupsLeft", left, EmbeddedMetrics.Count),
        new(
            "LinksWithoutHealthyTarget",
            looks.Where(static look => look.Mood is SyncMood.Unhealthy).Select(static look => look.Group.Link).Distinct(StringComparer.Ordinal).Count(),
            EmbeddedMetrics.Count),
    ];

    /// <summary>The links', only of those where something happened: CloudWatch charges for each metric by the hour in which it is written.</summary>
    public static IEnumerable<(string Link, ImmutableArray<Metric> Metrics)> OfLinks(ImmutableArray<GroupLook> looks) =>
        // What AWS was too busy for is counted when it is done.
        looks.Where(static look => look.Mood is not SyncMood.Busy).GroupBy(static look => look.Group.Link, StringComparer.Ordinal)
            .Select(static link => (link.Key, Metrics: Of([.. link]).Where(static metric => metric.Value > 0).ToImmutableArray()))
            .Where(static link => !link.Metrics.IsEmpty);

    private static IEnumerable<Metric> Of(ImmutableArray<GroupLook> link)
    {
        yield return new("TargetsChanged", link.Sum(static look => look.Plan is { } plan ? plan.Register.Length + plan.Deregister.Length : 0), EmbeddedMetrics.Count);
        yield return new("SyncRefused", link.Count(static look => look.Mood is SyncMood.Refused), EmbeddedMetrics.Count);
        yield return new("SyncFailed", link.Count(static look => look.Mood is SyncMood.Failed), EmbeddedMetrics.Count);
        var followed = link.Where(static look => look.Event is not null && look.Plan is { Register.IsEmpty: false });
        yield return new("SecondsSinceEvent", followed.Select(static look => (look.ChangedAt - look.Event!.Value).TotalSeconds).DefaultIfEmpty().Max(), EmbeddedMetrics.Seconds);
    }
}
