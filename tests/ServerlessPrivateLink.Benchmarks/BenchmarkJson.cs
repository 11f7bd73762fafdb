using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessPrivateLink.Benchmarks.Crash;
using ServerlessPrivateLink.Benchmarks.Failovers;
using ServerlessPrivateLink.Benchmarks.Fleet;
using ServerlessPrivateLink.Benchmarks.Hostile;
using ServerlessPrivateLink.Benchmarks.Invoke;

namespace ServerlessPrivateLink.Benchmarks;

/// <summary>How reports are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FailoverReport))]
[JsonSerializable(typeof(FleetReport))]
[JsonSerializable(typeof(InvokeReport))]
[JsonSerializable(typeof(HostileReport))]
[JsonSerializable(typeof(CrashReport))]
public sealed partial class BenchmarkJson : JsonSerializerContext
{
    /// <summary>It goes to a terminal or a file, never into a page of HTML: quotes and apostrophes stay as they are.</summary>
    public static BenchmarkJson Readable() => new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
