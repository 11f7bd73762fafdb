using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.States;

namespace LocalAws.Events;

/// <summary>An event as somebody outside of AWS puts it on a bus (Amazon EventBridge API Reference: PutEvents).</summary>
/// <param name="Source">Who says so.</param>
/// <param name="DetailType">What sort of thing happened.</param>
/// <param name="Detail">What, as a JSON text.</param>
/// <param name="Resources">What it happened to.</param>
/// <param name="Time">When; null: now.</param>
internal sealed record EventEntry(string? Source, string? DetailType, string? Detail, ImmutableArray<string> Resources, DateTimeOffset? Time)
{
    /// <summary>How many entries a request may have.</summary>
    public const int MostEntries = 10;

    /// <summary>How large the entries of a request may be together: 1 MB since January 2026 (AWS Compute Blog, "More room to build: serverless services now support payloads up to 1 MB").</summary>
    public const int LargestRequest = 1_048_576;

    private const int LongestDetailType = 128;
    private const int SizeOfTime = 14;

    /// <summary>What counts against the limit (Amazon EventBridge User Guide, "Calculating PutEvents event entry size").</summary>
    public int Size => (Time is null ? 0 : SizeOfTime) + Bytes(Source) + Bytes(DetailType) + Bytes(Detail) + Resources.Sum(Bytes);

    /// <summary>The condition keys of a request (Service Authorization Reference, "Actions, resources, and condition keys for Amazon EventBridge").</summary>
    public static ConditionKeys KeysOf(IEnumerable<EventEntry> entries) => ConditionKeys.None
        .With("events:source", entries.Select(entry => entry.Source).Distinct(StringComparer.Ordinal))
        .With("events:detail-type", entries.Select(entry => entry.DetailType).Distinct(StringComparer.Ordinal));

    /// <summary>Why it is refused; null: it is taken.</summary>
    public (string Code, string Message)? Refusal(out JsonObject? detail)
    {
        detail = Parse();
        if (Source is not { Length: > 0 } || DetailType is not { Length: > 0 and <= LongestDetailType } || Source.StartsWith("aws.", StringComparison.Ordinal))
            return ("InvalidArgument", $"Source, which must not begin with aws., and DetailType, of {LongestDetailType} letters at most, are required.");
        return detail is null ? ("MalformedDetail", "Detail is malformed.") : null;
    }

    private JsonObject? Parse()
    {
        try
        {
            return Detail is null ? null : Json.Read(Detail) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
