using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.States;

namespace LocalAws.Monitoring;

/// <summary>
/// Metrics in log lines (Amazon CloudWatch User Guide, "Specification: Embedded metric format"). What does not follow the
/// specification is a log line like any other: nobody is told.
/// </summary>
internal static class EmbeddedFormat
{
    private const int MostDimensions = 30;
    private const int MostMetrics = 100;
    private const int MostValues = 100;

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);
    private static readonly TimeSpan Newest = TimeSpan.FromHours(2);

    public static ImmutableArray<(MetricId Metric, DateTimeOffset At, double Value, string Unit)> Read(string line, DateTimeOffset written)
    {
        if (Parse(line) is not { } root || root["_aws"] is not JsonObject metadata || Time(metadata, written) is not { } at || metadata["CloudWatchMetrics"] is not JsonArray directives)
            return [];
        return [.. directives.OfType<JsonObject>().SelectMany(directive => Metrics(root, directive)).Select(found => (found.Metric, at, found.Value, found.Unit))];
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return line.StartsWith('{') ? Json.Read(line) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Time(JsonObject metadata, DateTimeOffset written) =>
        Json.Number(metadata["Timestamp"]) is { } milliseconds && milliseconds is >= 0 and < 253_402_300_800_000m
            && DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) is var at && at > written - Oldest && at < written + Newest
                ? at
                : null;

    private static IEnumerable<(MetricId Metric, double Value, string Unit)> Metrics(JsonObject root, JsonObject directive)
    {
        if (Json.String(directive["Namespace"]) is not { Length: > 0 } space || directive["Dimensions"] is not JsonArray sets || directive["Metrics"] is not JsonArray { Count: <= MostMetrics } metrics)
            yield break;
        var dimensions = sets.Select(set => Dimensions(root, set)).ToImmutableArray();
        if (dimensions.Any(set => set is null))
            yield break;
        foreach (var metric in metrics.OfType<JsonObject>())
        {
            if (Json.String(metric["Name"]) is not { Length: > 0 } name)
                continue;
            var unit = Json.String(metric["Unit"]) ?? "None";
            foreach (var value in Values(root[name]))
            {
                foreach (var set in dimensions.IsEmpty ? [[]] : dimensions)
                    yield return (MetricId.Of(space, name, set!.Value), value, unit);
            }
        }
    }

    private static ImmutableArray<(string Name, string Value)>? Dimensions(JsonObject root, JsonNode? set)
    {
        if (set is not JsonArray { Count: <= MostDimensions } names)
            return null;
        var found = names.Select(name => (Name: Json.String(name) ?? "", Value: Json.String(name) is { } key ? Json.String(root[key]) : null)).ToImmutableArray();
        return found.All(dimension => dimension.Value is { Length: > 0 }) ? [.. found.Select(dimension => (dimension.Name, dimension.Value!))] : null;
    }

    private static IEnumerable<double> Values(JsonNode? node) => node switch
    {
        JsonArray { Count: <= MostValues } list when list.All(value => Json.Number(value) is not null) => list.Select(value => (double)Json.Number(value)!),
        _ when Json.Number(node) is { } number => [(double)number],
        _ => [],
    };
}
