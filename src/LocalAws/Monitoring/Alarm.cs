using System.Collections.Immutable;
using System.Globalization;

namespace LocalAws.Monitoring;

/// <summary>An alarm and how it stands (Amazon CloudWatch User Guide, "Using Amazon CloudWatch alarms", "Configuring how CloudWatch alarms treat missing data").</summary>
public sealed class Alarm
{
    /// <summary>All is well.</summary>
    public const string Ok = "OK";

    /// <summary>The threshold is breached.</summary>
    public const string Alarming = "ALARM";

    /// <summary>Nothing is known.</summary>
    public const string Insufficient = "INSUFFICIENT_DATA";

    internal Alarm(AlarmSettings settings, DateTimeOffset at) => (Settings, ChangedAt, ConfiguredAt) = (settings, at, at);

    /// <summary>What it watches.</summary>
    public AlarmSettings Settings { get; }

    /// <summary>How it stands.</summary>
    public string State { get; private set; } = Insufficient;

    /// <summary>Why.</summary>
    public string Reason { get; private set; } = "Unchecked: Initial alarm creation";

    /// <summary>Since when.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    internal DateTimeOffset ConfiguredAt { get; }

    internal ImmutableArray<string> ActionsOf(string state) => state switch
    {
        _ when !Settings.ActionsEnabled => [],
        Ok => Settings.OkActions,
        Alarming => Settings.AlarmActions,
        _ => Settings.InsufficientDataActions,
    };

    /// <summary>Looks at the last whole periods.</summary>
    internal (string State, string Reason) Look(DateTimeOffset now, Func<MetricId, DateTimeOffset, DateTimeOffset, ImmutableArray<Datapoint>> points)
    {
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Settings.Period.Ticks), TimeSpan.Zero);
        var values = Enumerable.Range(1, Settings.EvaluationPeriods)
            .Select(back => end - (back * Settings.Period))
            .Select(from => Statistics.Of(Settings.Statistic, [.. points(Settings.Metric, from, from + Settings.Period).Select(point => point.Value)]))
            .ToImmutableArray();
        var state = Judge(Settings, State, values);
        if (state != State)
            (State, Reason, ChangedAt) = (state, Explain(values), now);
        return (State, Reason);
    }

    /// <summary>The state that datapoints make, the newest first; null where one is missing.</summary>
    internal static string Judge(AlarmSettings settings, string before, ImmutableArray<double?> newestFirst)
    {
        var breaching = newestFirst.Select(value => value is { } number ? Statistics.Breaches(settings.Comparison, number, settings.Threshold) : Counts(settings.Missing)).ToImmutableArray();
        if (breaching.Count(breaches => breaches is true) >= settings.DatapointsToAlarm)
            return Alarming;
        if (breaching.All(breaches => breaches is null))
            return settings.Missing is "ignore" ? before : Insufficient;
        var oldest = breaching.LastIndexOf(true);
        var hasOnlyGapsSince = oldest >= settings.DatapointsToAlarm - 1 && breaching.Take(oldest).All(breaches => breaches is not false);
        return !hasOnlyGapsSince ? Ok : settings.Missing is "ignore" ? before : Alarming;
    }

    private static bool? Counts(string missing) => missing switch
    {
        "breaching" => true,
        "notBreaching" => false,
        _ => null,
    };

    private string Explain(ImmutableArray<double?> newestFirst)
    {
        var known = newestFirst.OfType<double>().ToImmutableArray();
        var all = Settings.EvaluationPeriods;
        if (known.IsEmpty)
        {
            return State is Insufficient
                ? "Insufficient Data: 1 datapoint was unknown."
                : string.Create(CultureInfo.InvariantCulture, $"Threshold Crossed: no datapoints were received for {all} period{(all == 1 ? "" : "s")} and {all} missing datapoint{(all == 1 ? " was" : "s were")} treated as [{(Settings.Missing is "breaching" ? "Breaching" : "NonBreaching")}].");
        }

        var values = string.Join(", ", known.Select(value => value.ToString("0.0###", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"Threshold Crossed: {known.Length} out of the last {all} datapoints [{values}] {(State is Alarming ? "crossed" : "did not cross")} the threshold ({Settings.Threshold:0.0###}), {Settings.Comparison} (minimum {Settings.DatapointsToAlarm} datapoints for OK -> ALARM transition).");
    }
}
