using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServerlessPrivateLink.Alerts;

/// <summary>An alert in the form in which SNS takes it.</summary>
/// <param name="Subject">The e-mail's subject: ASCII, under 100 characters (SNS API Reference, Publish).</param>
/// <param name="Message">Text per protocol: sentences for people, JSON for machines.</param>
/// <param name="Attributes">What subscriptions can filter by.</param>
public sealed record AlertMessage(string Subject, string Message, ImmutableSortedDictionary<string, string> Attributes)
{
    private const int SubjectLimit = 99;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Version = "1";

    private static readonly ImmutableArray<string> MachineProtocols = ["http", "https", "lambda", "sqs"];

    public static AlertMessage Of(Alert alert, AlertOrigin origin) => new(SubjectOf(alert), MessageOf(alert, origin), AttributesOf(alert));

    private static string SubjectOf(Alert alert)
    {
        var text = $"[{alert.Severity.Word()}] {alert.Event} {alert.Link}".TrimEnd();
        var ascii = new string([.. text.Select(static letter => letter is >= ' ' and <= '~' ? letter : '?')]);
        return ascii[..Math.Min(SubjectLimit, ascii.Length)];
    }

    private static ImmutableSortedDictionary<string, string> AttributesOf(Alert alert)
    {
        var attributes = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("event", alert.Event)
            .Add("severity", alert.Severity.Word());
        // SNS refuses an attribute without a value.
        return alert.Link.Length == 0 ? attributes : attributes.Add("link", alert.Link);
    }

    private static string MessageOf(Alert alert, AlertOrigin origin)
    {
        var document = DocumentOf(alert, origin);
        return Json(json =>
        {
            json.WriteString("default", TextOf(alert, origin));
            foreach (var protocol in MachineProtocols)
            {
                var isChat = origin.Format is AlertFormat.Chat && protocol == "https";
                json.WriteString(protocol, isChat ? Json(json => ChatNotification.Write(json, alert, origin)) : document);
            }
        });
    }

    private static string TextOf(Alert alert, AlertOrigin origin)
    {
        var text = new StringBuilder(alert.Sentence).Append("\n\n");
        foreach (var (name, value) in alert.Facts) text.Append(name).Append(": ").Append(value).Append('\n');
        text.Append('\n').Append("What to do: ").Append(alert.Remedy).Append('\n');
        foreach (var (_, address) in ConsoleLinks.Of(alert.Facts, origin.Partition, origin.Region)) text.Append('\n').Append(address);
        return text.Append('\n').Append("Stack ").Append(origin.Stack).Append(", account ").Append(origin.AccountId).Append(", ").Append(origin.Region).ToString();
    }

    private static string DocumentOf(Alert alert, AlertOrigin origin) => Json(json =>
    {
        json.WriteString("version", Version);
        if (alert.Id.Length > 0) json.WriteString("id", alert.Id);
        json.WriteString("event", alert.Event);
        json.WriteString("severity", alert.Severity.Word());
        json.WriteString("stack", origin.Stack);
        json.WriteString("account", origin.AccountId);
        json.WriteString("region", origin.Region);
        json.WriteString("link", alert.Link);
        json.WriteString("sentence", alert.Sentence);
        WriteTexts(json, "facts", alert.Facts);
        json.WriteString("remedy", alert.Remedy);
        WriteTexts(json, "links", ConsoleLinks.Of(alert.Facts, origin.Partition, origin.Region));
    });

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in texts) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static string Json(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
