using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalAws.Events;
using LocalAws.States;

namespace LocalAws.Piping;

/// <summary>
/// Fills an input template (Amazon EventBridge User Guide, "Amazon EventBridge Pipes input transformation" and its "Common issues"):
/// values are not escaped, texts get quotes where they have none, objects lose theirs where they stand in a text or alone.
/// </summary>
internal static partial class PipeTemplate
{
    /// <summary>The longest that a template may be.</summary>
    public const int Longest = 8192;

    /// <summary>The values that every template may use.</summary>
    public static readonly ImmutableArray<string> Reserved =
    [
        "aws.pipes.event", "aws.pipes.event.ingestion-time", "aws.pipes.event.json", "aws.pipes.pipe-arn", "aws.pipes.pipe-name", "aws.pipes.source-arn", "aws.pipes.target-arn",
    ];

    /// <summary>What a template asks for that there is not; null: nothing.</summary>
    public static string? Unknown(string template) => Places().Matches(template)
        .Select(place => place.Groups["name"].Value)
        .FirstOrDefault(name => name[0] != '$' && !Reserved.Contains(name, StringComparer.Ordinal));

    public static string Fill(string template, PipeRecord record)
    {
        var isAlone = Places().Match(template.Trim()) is { Success: true } only && only.Length == template.Trim().Length;
        return Places().Replace(template, place =>
        {
            var isInText = InputRules.IsInText(template, place.Index);
            var text = Value(place.Groups["name"].Value, record, isInText || isAlone, out var isText);
            return isText && !isInText ? $"\"{text}\"" : text;
        });
    }

    /// <summary>A value as it is written into the template, and whether it is a text. What is not there leaves an empty text, so that the output stays JSON.</summary>
    private static string Value(string name, PipeRecord record, bool bare, out bool isText)
    {
        isText = true;
        switch (name)
        {
            case "aws.pipes.pipe-arn":
                return record.Pipe.Arn;
            case "aws.pipes.pipe-name":
                return record.Pipe.Name;
            case "aws.pipes.source-arn":
                return record.Pipe.SourceArn;
            case "aws.pipes.target-arn":
                return record.Pipe.TargetArn;
            case "aws.pipes.event.ingestion-time":
                return record.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            case "aws.pipes.event":
                return JsonEncodedText.Encode(Json.Text(record.Whole), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
            case "aws.pipes.event.json":
                return record.Decoded is null ? "" : Written(record.Decoded, bare, out isText);
            default:
                return record.TryFind(name, out var value) ? Written(value, bare, out isText) : "";
        }
    }

    private static string Written(JsonNode? value, bool bare, out bool isText)
    {
        isText = Json.String(value) is not null || (bare && value is JsonObject or JsonArray);
        return Json.String(value) ?? (isText ? Json.Text(value).Replace("\"", "", StringComparison.Ordinal) : Json.Text(value));
    }

    [GeneratedRegex("<(?<name>" + PipePath.Form + "|aws\\.pipes\\.[a-z.-]+)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Places();
}
