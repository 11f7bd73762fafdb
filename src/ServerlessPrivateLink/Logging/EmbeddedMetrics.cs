using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace ServerlessPrivateLink.Logging;

/// <summary>A number of one moment.</summary>
public sealed record Metric(string Name, double Value, string Unit);

/// <summary>Metrics as log lines that CloudWatch reads (Amazon CloudWatch User Guide, "Specification: Embedded metric format").</summary>
public sealed class EmbeddedMetrics(TextWriter lines, TimeProvider clock, StackSettings settings)
{
    public const string Namespace = "ServerlessPrivateLink";
    public const string Count = "Count";
    public const string Seconds = "Seconds";

    /// <summary>Writes metrics of the stack.</summary>
    public void Write(params ImmutableArray<Metric> metrics) => Write([KeyValuePair.Create("Stack", settings.Stack)], metrics);

    /// <summary>Writes metrics of one link.</summary>
    public void WriteOf(string link, params ImmutableArray<Metric> metrics) =>
        Write([KeyValuePair.Create("Stack", settings.Stack), KeyValuePair.Create("Link", link)], metrics);

    private void Write(ImmutableArray<KeyValuePair<string, string>> dimensions, ImmutableArray<Metric> metrics)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", clock.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", Namespace);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            foreach (var (name, _) in dimensions) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            foreach (var metric in metrics)
            {
                json.WriteStartObject();
                json.WriteString("Name", metric.Name);
                json.WriteString("Unit", metric.Unit);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            foreach (var (name, value) in dimensions) json.WriteString(name, value);
            foreach (var metric in metrics) json.WriteNumber(metric.Name, metric.Value);
            json.WriteEndObject();
        }

        lines.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
