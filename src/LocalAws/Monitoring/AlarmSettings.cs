using System.Collections.Immutable;

namespace LocalAws.Monitoring;

/// <summary>A metric: numbers of one name and one set of dimensions.</summary>
/// <param name="Namespace">Such as <c>AWS/Lambda</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions, by name.</param>
public sealed record MetricId(string Namespace, string Name, ImmutableSortedDictionary<string, string> Dimensions)
{
    /// <summary>A metric of these dimensions.</summary>
    public static MetricId Of(string space, string name, params IEnumerable<(string Name, string Value)> dimensions) =>
        new(space, name, dimensions.ToImmutableSortedDictionary(dimension => dimension.Name, dimension => dimension.Value, StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool Equals(MetricId? other) => other is not null && Namespace == other.Namespace && Name == other.Name && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Namespace, Name, Dimensions.Aggregate(0, static (sum, one) => HashCode.Combine(sum, one.Key, one.Value)));
}

/// <summary>An alarm on one metric.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Description">What it means; null: nobody said.</param>
/// <param name="Metric">What it watches.</param>
/// <param name="Statistic"><c>Sum</c>, <c>Average</c>, <c>Minimum</c>, <c>Maximum</c> or <c>SampleCount</c>.</param>
/// <param name="Period">The length of one datapoint.</param>
/// <param name="EvaluationPeriods">How many datapoints it looks at.</param>
/// <param name="DatapointsToAlarm">How many of them must breach.</param>
/// <param name="Threshold">The bound.</param>
/// <param name="Comparison">How it compares, in the API's words.</param>
/// <param name="Missing">What a missing datapoint counts for: <c>missing</c>, <c>breaching</c>, <c>notBreaching</c> or <c>ignore</c>.</param>
/// <param name="AlarmActions">Topics that hear of the alarm.</param>
/// <param name="OkActions">Topics that hear of its end.</param>
/// <param name="InsufficientDataActions">Topics that hear that nothing is known.</param>
public sealed record AlarmSettings(
    string Name,
    string Arn,
    string? Description,
    MetricId Metric,
    string Statistic,
    TimeSpan Period,
    int EvaluationPeriods,
    int DatapointsToAlarm,
    double Threshold,
    string Comparison,
    string Missing,
    ImmutableArray<string> AlarmActions,
    ImmutableArray<string> OkActions,
    ImmutableArray<string> InsufficientDataActions)
{
    /// <summary>Whether anybody is told of changes.</summary>
    public bool ActionsEnabled { get; init; } = true;

    /// <summary>Its tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}
