using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessPrivateLink.Alerts;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>A failed execution in words: which step, why, and what to do.</summary>
/// <param name="Link">The link; empty: it is not known.</param>
/// <param name="Execution">The execution's ARN.</param>
/// <param name="Step">The step that failed.</param>
/// <param name="Error">The error's name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Undone">What was removed of what it had made, and what was kept; empty where all was kept.</param>
/// <param name="Warnings">What was found before it failed.</param>
public sealed partial record FailureReport(
    string Link,
    string Execution,
    string Step,
    string Error,
    string Reason,
    string Remedy,
    ImmutableSortedDictionary<string, string> Undone,
    ImmutableArray<string> Warnings)
{
    public const string Event = "link.failed";

    public const string Again = "Start the execution again with the same document: what exists is kept, and finished steps change nothing.";

    // SNS and the Fail state both have limits far above this; a reason that long is a list of many errors.
    private const int ReasonLimit = 8_000;

    /// <summary>What the execution itself ends with.</summary>
    public string Cause => $"{Step}: {Reason} {Remedy}{ExecutionEnd.Told}";

    public Alert Alert => new(
        Event,
        Severity.Critical,
        Link,
        Link.Length == 0 ? $"A link could not be built: {Step} failed." : $"The link {Link} could not be built: {Step} failed.",
        ImmutableSortedDictionary<string, string>.Empty
            .Add("error", Error)
            .Add("execution", Execution)
            .Add("reason", Reason)
            .Add("step", Step)
            .AddRange(Undone)
            .AddRange(Warnings.IsEmpty ? (KeyValuePair<string, string>[])[] : [new("warnings", string.Join("; ", Warnings))]),
        Remedy);

    /// <param name="input">What was caught.</param>
    /// <param name="again">What to do once the reason is put right.</param>
    public static FailureReport Of(ReportFailureInput input, string again = Again)
    {
        var (caughtAt, caught) = input.Failed.First(static one => one.Key != nameof(ReleaseMade));
        var (message, step) = Read(caught.Cause ?? "");
        var mark = message.IndexOf(RefusedException.RemedyMark, StringComparison.Ordinal);
        var reason = mark < 0 ? message : message[..mark];
        var remedy = mark < 0 ? RemedyFor(caught.Error, again) : message[(mark + RefusedException.RemedyMark.Length)..];
        return new(
            LinkOf(input.Document),
            input.Execution,
            step ?? caughtAt,
            caught.Error,
            reason.Length == 0 ? caught.Error : reason[..Math.Min(ReasonLimit, reason.Length)],
            remedy,
            UndoneBy(input),
            input.Warnings ?? []);
    }

    private static ImmutableSortedDictionary<string, string> UndoneBy(ReportFailureInput input)
    {
        var undone = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        if (input.Failed.GetValueOrDefault(nameof(ReleaseMade)) is { } trouble)
            return undone.Add("removed", $"not known: what this execution made could not be looked after. {trouble.Error}");
        return input.Release switch
        {
            null or { Status: "" } => undone,
            { Status: "SUCCEEDED" } release => undone.Add("removed", Listed(release.Removed)).Add("kept", Listed(release.Kept)),
            var release => undone.Add("removed", $"not all that this execution made; that release ended as {release.Status}. {release.Cause}"),
        };
    }

    private static string Listed(ImmutableArray<string> parts) => parts.IsEmpty ? "nothing" : string.Join(", ", parts);

    // A function's failure arrives as {"errorType", "errorMessage", "stackTrace"}. Several steps may run side by side under one Catch:
    // the trace, which itself is never passed on, tells whose Handle it was.
    private static (string Message, string? Step) Read(string cause)
    {
        try
        {
            using var document = JsonDocument.Parse(cause);
            if (document.RootElement.ValueKind is not JsonValueKind.Object) return (cause, null);
            var message = document.RootElement.TryGetProperty("errorMessage", out var text) && text.ValueKind is JsonValueKind.String ? text.GetString()! : "";
            var trace = document.RootElement.TryGetProperty("stackTrace", out var frames) ? frames.GetRawText() : "";
            return (message, HandleFrame().Match(trace) is { Success: true } frame ? frame.Groups["step"].Value : null);
        }
        catch (JsonException)
        {
            return (cause, null);
        }
    }

    private static string RemedyFor(string error, string again) => error switch
    {
        "AwsBusyException" or "States.Timeout" => $"AWS kept throttling or failing, did not answer, or did not show what it had just made. {again}",
        _ => $"Put the reason right. {again}",
    };

    internal static string LinkOf(JsonElement document) =>
        document.ValueKind is JsonValueKind.Object && document.TryGetProperty("name", out var name) && name.ValueKind is JsonValueKind.String ? name.GetString()! : "";

    [GeneratedRegex(@"ServerlessPrivateLink\.\w+\.(?<step>\w+)\.Handle\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HandleFrame();
}
