using System.Text;
using System.Text.Json;

namespace ServerlessPrivateLink.Alerts;

/// <summary>
/// An alert as a chat channel shows it (Amazon Q Developer in chat applications Administrator Guide, "Custom notifications"):
/// what else is sent through its topic it drops without a word.
/// </summary>
internal static class ChatNotification
{
    public static void Write(Utf8JsonWriter json, Alert alert, AlertOrigin origin)
    {
        json.WriteString("version", "1.0");
        json.WriteString("source", "custom");
        if (alert.Id.Length > 0) json.WriteString("id", alert.Id);
        json.WriteStartObject("content");
        json.WriteString("textType", "client-markdown");
        json.WriteString("title", $"{Sign(alert.Severity)} {alert.Event}{(alert.Link.Length == 0 ? "" : $": {alert.Link}")}");
        json.WriteString("description", Description(alert, origin));
        json.WriteStartArray("nextSteps");
        json.WriteStringValue(alert.Remedy);
        json.WriteEndArray();
        json.WriteStartArray("keywords");
        foreach (var word in (string[])[origin.Stack, alert.Link, alert.Severity.Word()])
        {
            if (word.Length > 0) json.WriteStringValue(word);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("metadata");
        // What is told of one link reads as one conversation.
        json.WriteString("threadId", $"{origin.Stack}/{alert.Link}");
        json.WriteString("summary", alert.Sentence);
        json.WriteString("eventType", alert.Event);
        json.WriteEndObject();
    }

    private static string Description(Alert alert, AlertOrigin origin)
    {
        var text = new StringBuilder(alert.Sentence).Append('\n');
        foreach (var (name, value) in alert.Facts) text.Append("\n*").Append(name).Append("*: ").Append(value);
        foreach (var (_, address) in ConsoleLinks.Of(alert.Facts, origin.Partition, origin.Region)) text.Append('\n').Append(address);
        return text.ToString();
    }

    private static string Sign(Severity severity) => severity switch
    {
        Severity.Info => ":white_check_mark:",
        Severity.Warning => ":warning:",
        _ => ":rotating_light:",
    };
}
