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

    private static readonly ImmutableArray<string> MachineProtocols = ["http", "https", "lambda", "sqs"];

    public static AlertMessage Of(Alert alert) => new(SubjectOf(alert), MessageOf(alert), AttributesOf(alert));

    private static string Word(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        _ => "critical",
    };

    private static string SubjectOf(Alert alert)
    {
        var text = $"[{Word(alert.Severity)}] {alert.Event} {alert.Link}".TrimEnd();
        var ascii = new string([.. text.Select(static letter => letter is >= ' ' and <= '~' ? letter : '?')]);
        return ascii[..Math.Min(SubjectLimit, ascii.Length)];
    }

    private static ImmutableSortedDictionary<string, string> AttributesOf(Alert alert)
    {
        var attributes = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("event", alert.Event)
            .Add("severity", Word(alert.Severity));
        // SNS refuses an attribute without a value.
        return alert.Link.Length == 0 ? attributes : attributes.Add("link", alert.Link);
    }

    private static string MessageOf(Alert alert)
    {
        var document = DocumentOf(alert);
        return Json(json =>
        {
            json.WriteString("default", TextOf(alert));
            foreach (var protocol in MachineProtocols) json.WriteString(protocol, document);
        });
    }

    private static string TextOf(Alert alert)
    {
        var text = new StringBuilder(alert.Sentence).Append("\n\n");
        foreach (var (name, value) in alert.Facts) text.Append(name).Append(": ").Append(value).Append('\n');
        return text.Append('\n').Append("What to do: ").Append(alert.Remedy).ToString();
    }

    private static string DocumentOf(Alert alert) => Json(json =>
    {
        if (alert.Id.Length > 0) json.WriteString("id", alert.Id);
        json.WriteString("event", alert.Event);
        json.WriteString("severity", Word(alert.Severity));
        json.WriteString("link", alert.Link);
        json.WriteString("sentence", alert.Sentence);
        json.WriteStartObject("facts");
        foreach (var (name, value) in alert.Facts) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("remedy", alert.Remedy);
    });

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
