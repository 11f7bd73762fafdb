using System.Collections.Immutable;

namespace LocalAws.Monitoring;

/// <summary>One number that was measured.</summary>
public readonly record struct Datapoint(DateTimeOffset At, double Value, string Unit);

/// <summary>What CloudWatch makes of numbers (Amazon CloudWatch User Guide, "CloudWatch statistics definitions").</summary>
public static class Statistics
{
    /// <summary>The statistics that are known.</summary>
    public static ImmutableArray<string> Names { get; } = ["Sum", "Average", "Minimum", "Maximum", "SampleCount"];

    /// <summary>The comparisons that are known.</summary>
    public static ImmutableArray<string> Comparisons { get; } = ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];

    /// <summary>One number of many; null: there are none.</summary>
    public static double? Of(string statistic, IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 ? null : statistic switch
        {
            "Sum" => values.Sum(),
            "Average" => values.Average(),
            "Minimum" => values.Min(),
            "Maximum" => values.Max(),
            _ => values.Count,
        };
    }

    /// <summary>Whether a number is beyond the threshold.</summary>
    public static bool Breaches(string comparison, double value, double threshold) => comparison switch
    {
        "GreaterThanOrEqualToThreshold" => value >= threshold,
        "GreaterThanThreshold" => value > threshold,
        "LessThanThreshold" => value < threshold,
        _ => value <= threshold,
    };
}
