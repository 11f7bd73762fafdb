using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessPrivateLink.Cli.Doctor;
using ServerlessPrivateLink.Cli.Plans;
using ServerlessPrivateLink.Cli.Validation;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>How reports and errors are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RehearsalReport))]
[JsonSerializable(typeof(DrillReport))]
[JsonSerializable(typeof(FaultReport))]
[JsonSerializable(typeof(InputErrors))]
[JsonSerializable(typeof(FailedCommand))]
[JsonSerializable(typeof(LinkConnections))]
[JsonSerializable(typeof(AnsweredConnection))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(SharedReport))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(SyncedLink))]
[JsonSerializable(typeof(PlanReport))]
[JsonSerializable(typeof(DoctorReport))]
public sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>The report as one document.</summary>
    public static string Write(RehearsalReport report) => JsonSerializer.Serialize(report, Readable().RehearsalReport);

    /// <summary>The report as one document.</summary>
    public static string Write(FaultReport report) => JsonSerializer.Serialize(report, Readable().FaultReport);

    /// <summary>The report as one document.</summary>
    public static string Write(DrillReport report) => JsonSerializer.Serialize(report, Readable().DrillReport);

    /// <summary>The errors as one document.</summary>
    public static string Write(InputErrors errors) => JsonSerializer.Serialize(errors, Readable().InputErrors);

    /// <summary>The failure as one document.</summary>
    public static string Write(FailedCommand failed) => JsonSerializer.Serialize(failed, Readable().FailedCommand);

    /// <summary>The connections as one document.</summary>
    public static string Write(LinkConnections connections) => JsonSerializer.Serialize(connections, Readable().LinkConnections);

    /// <summary>The answer as one document.</summary>
    public static string Write(AnsweredConnection answered) => JsonSerializer.Serialize(answered, Readable().AnsweredConnection);

    /// <summary>The report as one document.</summary>
    public static string Write(StatusReport report) => JsonSerializer.Serialize(report, Readable().StatusReport);

    /// <summary>The report as one document.</summary>
    public static string Write(SharedReport report) => JsonSerializer.Serialize(report, Readable().SharedReport);

    /// <summary>The report as one document.</summary>
    public static string Write(RunReport report) => JsonSerializer.Serialize(report, Readable().RunReport);

    /// <summary>The sync as one document.</summary>
    public static string Write(SyncedLink synced) => JsonSerializer.Serialize(synced, Readable().SyncedLink);

    /// <summary>The plan as one document.</summary>
    public static string Write(PlanReport report) => JsonSerializer.Serialize(report, Readable().PlanReport);

    /// <summary>The doctor's report as one document.</summary>
    public static string Write(DoctorReport report) => JsonSerializer.Serialize(report, Readable().DoctorReport);

    // It goes to a terminal or a file, never into a page of HTML: quotes and arrows stay as they are.
    private static ReportJson Readable() => new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
