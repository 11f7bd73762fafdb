using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServerlessPrivateLink.Alerts;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>The end of an execution, as EventBridge tells it ("Step Functions Execution Status Change").</summary>
/// <param name="Execution">Its ARN.</param>
/// <param name="Status">How it ended: <c>FAILED</c>, <c>TIMED_OUT</c>, <c>ABORTED</c>.</param>
/// <param name="Link">The link that it was for; empty: it is not known.</param>
/// <param name="Error">The error's name; empty: none.</param>
/// <param name="Cause">What it says; empty: nothing.</param>
public sealed record ExecutionEnd(string Execution, string Status, string Link, string Error, string Cause)
{
    public const string Event = "execution.ended";

    /// <summary>Ends the cause of a failure of which an alert was published.</summary>
    public const string Told = " An alert was published.";

    private const int CauseLimit = 1_000;

    public bool IsUntold => Status is "FAILED" or "TIMED_OUT" or "ABORTED" && !Cause.EndsWith(Told, StringComparison.Ordinal);

    public Alert Alert => new(
        Event,
        Status == "ABORTED" ? Severity.Warning : Severity.Critical,
        Link,
        $"The execution {Name} of the state machine {Machine} {Words}.",
        Facts,
        Link.Length == 0
            ? "The execution's history shows how far it came. What it was for is looked after by the schedule meanwhile."
            : "The execution's history shows how far it came. Start it again with the same input: finished steps change nothing.")
    {
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Execution}\n{Status}")))[..32],
    };

    private string Name => Execution[(Execution.LastIndexOf(':') + 1)..];

    private string Machine => Execution.Split(':') is [_, _, _, _, _, _, var machine, ..] ? machine : "?";

    private string Words => Status switch
    {
        "TIMED_OUT" => "ran out of time",
        "ABORTED" => "was stopped",
        _ => "failed",
    };

    private ImmutableSortedDictionary<string, string> Facts
    {
        get
        {
            var facts = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("execution", Execution).Add("status", Status);
            if (Error.Length > 0) facts = facts.Add("error", Error);
            return Cause.Length > 0 ? facts.Add("cause", Cause[..Math.Min(CauseLimit, Cause.Length)]) : facts;
        }
    }

    /// <summary>Null for what is no such event.</summary>
    public static ExecutionEnd? Read(JsonElement happened)
    {
        if (happened.ValueKind is not JsonValueKind.Object || !happened.TryGetProperty("detail", out var detail) || detail.ValueKind is not JsonValueKind.Object) return null;
        return Text(detail, "executionArn") is { Length: > 0 } execution
            ? new(execution, Text(detail, "status"), LinkOf(Text(detail, "input")), Text(detail, "error"), Text(detail, "cause"))
            : null;
    }

    private static string Text(JsonElement detail, string name) => detail.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    private static string LinkOf(string input)
    {
        try
        {
            using var document = JsonDocument.Parse(input);
            return FailureReport.LinkOf(document.RootElement);
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
