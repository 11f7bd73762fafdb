using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Reads why an execution failed, from what crossed the state machine as text.</summary>
public static partial class Refusals
{
    public static RunFailure Of(Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var error = execution.Error ?? execution.Status;
        var thrown = execution.History.Select(one => one.TaskFailedEventDetails).LastOrDefault(details => details?.Error == error);
        var message = thrown is null ? null : MessageOf(thrown.Cause);
        return new(error, execution.Cause ?? message ?? "", Of(error, message));
    }

    /// <summary>The reasons of an error that is a refusal; none of any other.</summary>
    public static ImmutableArray<RefusalReason> Of(string error, string? message) => IsRefusal(error) && message is not null ? Reasons(message) : [];

    /// <summary>Several reasons are numbered, and so are their remedies, in the same order.</summary>
    public static ImmutableArray<RefusalReason> Reasons(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var mark = message.IndexOf(RefusedException.RemedyMark, StringComparison.Ordinal);
        if (mark < 0)
            return [new(message, "")];
        var (reasons, remedies) = (Numbered(message[..mark]), Numbered(message[(mark + RefusedException.RemedyMark.Length)..]));
        return reasons.Length == remedies.Length
            ? [.. reasons.Zip(remedies, (reason, remedy) => new RefusalReason(reason, remedy))]
            : [new(message[..mark], message[(mark + RefusedException.RemedyMark.Length)..])];
    }

    private static ImmutableArray<string> Numbered(string text) => text.StartsWith("1. ", StringComparison.Ordinal)
        ? [.. Number().Split(text).Skip(1).Select(one => one.Trim())]
        : [text.Trim()];

    private static bool IsRefusal(string error) =>
        typeof(RefusedException).Assembly.GetTypes().Any(type => type.Name == error && type.IsSubclassOf(typeof(RefusedException)));

    private static string MessageOf(string? cause)
    {
        try
        {
            using var document = JsonDocument.Parse(cause ?? "");
            return document.RootElement.TryGetProperty("errorMessage", out var message) ? message.GetString() ?? "" : cause!;
        }
        catch (JsonException)
        {
            return cause ?? "";
        }
    }

    [GeneratedRegex(@"^\d+\. ", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
