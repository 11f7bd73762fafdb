using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalAws.States;
using LocalAws.States.Paths;

namespace LocalAws.Events;

/// <summary>Makes a target's input of an event (Amazon EventBridge User Guide, "Amazon EventBridge input transformation").</summary>
internal static partial class InputRules
{
    public static string Make(TargetInput input, JsonObject happened, string ruleArn)
    {
        if (input.Constant is { } constant)
            return constant;
        if (input.Path is { } path)
            return Json.Text(Find(happened, path));
        return input.Template is { } template ? Fill(template, input, happened, ruleArn) : Json.Text(happened);
    }

    /// <summary>Text stands without quotes inside a text, and with them where a value is expected; what the event lacks is empty or null.</summary>
    private static string Fill(string template, TargetInput input, JsonObject happened, string ruleArn)
    {
        var filled = Places().Replace(template, place =>
        {
            var value = Value(place.Groups["name"].Value, input, happened, ruleArn);
            if (!IsInText(template, place.Index))
                return Json.Text(value);
            var text = Json.String(value) ?? (value is null ? "" : Json.Text(value));
            return JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        });
        return filled;
    }

    private static JsonNode? Value(string name, TargetInput input, JsonObject happened, string ruleArn) => name switch
    {
        "aws.events.rule-arn" => ruleArn,
        "aws.events.rule-name" => ruleArn.Split('/')[^1],
        "aws.events.event.ingestion-time" => happened["time"]?.DeepClone(),
        "aws.events.event" => new JsonObject(happened.Where(field => field.Key is not "detail").Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))),
        "aws.events.event.json" => happened.DeepClone(),
        _ => input.Paths.GetValueOrDefault(name) is { } path ? Find(happened, path) : null,
    };

    private static JsonNode? Find(JsonObject happened, string path) => JsonPath.Parse(path).Find(happened) is [var found, ..] ? Json.Copy(found) : null;

    /// <summary>Whether a place of a template stands between the quotes of a text.</summary>
    public static bool IsInText(string template, int at) => template.Take(at).Where((letter, place) => letter == '"' && (place == 0 || template[place - 1] != '\\')).Count() % 2 == 1;

    [GeneratedRegex("<(?<name>[A-Za-z0-9_.-]+)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Places();
}
