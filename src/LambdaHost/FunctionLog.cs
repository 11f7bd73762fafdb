using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LambdaHost;

/// <summary>
/// The function's log: lines of text or of JSON, from the level on that the function is configured with
/// (Lambda Developer Guide, "Using Lambda advanced logging controls with .NET").
/// </summary>
internal sealed class FunctionLog(TextWriter output, ImmutableDictionary<string, string> environment, TimeProvider clock)
{
    public const string Usual = "Information";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // As Amazon.Lambda.Core, the configuration and a line of text call them.
    private static readonly List<(string Name, string Configured, string Short)> Levels =
        [("Trace", "TRACE", "trce"), ("Debug", "DEBUG", "dbug"), (Usual, "INFO", "info"), ("Warning", "WARN", "warn"), ("Error", "ERROR", "fail"), ("Critical", "FATAL", "crit")];

    private readonly Lock gate = new();
    private readonly bool isJson = environment.GetValueOrDefault("AWS_LAMBDA_LOG_FORMAT") is "JSON";
    private readonly int least = Math.Max(0, Levels.FindIndex(level => level.Configured == environment.GetValueOrDefault("AWS_LAMBDA_LOG_LEVEL")));
    private Invocation? invocation;

    public void Begin(Invocation next) => invocation = next;

    /// <summary>A call of any member of <c>ILambdaLogger</c>: the level is an argument or in the method's name.</summary>
    public void Write(MethodInfo method, object?[] arguments)
    {
        var rest = arguments.Where(argument => argument is not object[]).ToArray();
        var exception = rest.OfType<Exception>().FirstOrDefault();
        var message = rest[^1] as string ?? "";
        var level = method.Name switch
        {
            "Log" when rest.Length > 1 => rest[0]?.ToString() ?? Usual,
            "Log" or "LogLine" => Usual,
            var name => name["Log".Length..],
        };
        Write(level, exception, message, arguments.OfType<object?[]>().FirstOrDefault());
    }

    public void Write(string level, Exception? exception, string message, object?[]? values)
    {
        var known = Levels.FindIndex(one => one.Name.Equals(level, StringComparison.OrdinalIgnoreCase));
        if (known >= 0 && known < least)
            return;
        var template = new MessageTemplate(message, values ?? []);
        var line = isJson ? Json(level, exception, template) : Text(known < 0 ? level : Levels[known].Short, exception, template);
        lock (gate)
            output.WriteLine(line);
    }

    private string Text(string level, Exception? exception, MessageTemplate message) =>
        $"{Now()}\t{invocation?.RequestId}\t{level}\t{message.Fill()}{(exception is null ? "" : $"\n{exception}")}";

    private string Json(string level, Exception? exception, MessageTemplate message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", Now());
            json.WriteString("level", level);
            if (invocation is { } current)
            {
                json.WriteString("requestId", current.RequestId);
                json.WriteString("traceId", current.TraceId);
            }

            json.WriteString("message", message.Fill());
            foreach (var (name, value) in message.Named())
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
            if (exception is not null)
            {
                json.WriteString("errorType", exception.GetType().FullName);
                json.WriteString("errorMessage", exception.Message);
                json.WriteStartArray("stackTrace");
                foreach (var line in exception.ToString().Split('\n'))
                    json.WriteStringValue(line.Trim());
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private string Now() => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A message with <c>{Named}</c> places, filled in order.</summary>
internal readonly record struct MessageTemplate(string Text, object?[] Values)
{
    public string Fill()
    {
        var filled = new StringBuilder();
        var (at, used) = (0, 0);
        foreach (var (start, end) in Places())
        {
            if (used == Values.Length)
                break;
            filled.Append(Text, at, start - at).Append(CultureInfo.InvariantCulture, $"{Values[used++]}");
            at = end + 1;
        }

        return filled.Append(Text, at, Text.Length - at).ToString();
    }

    public IEnumerable<(string Name, object? Value)> Named()
    {
        var text = Text;
        return Places().Select(place => text[(place.Start + 1)..place.End].TrimStart('@').Split(':', ',')[0]).Zip(Values);
    }

    private IEnumerable<(int Start, int End)> Places()
    {
        var text = Text;
        for (var start = text.IndexOf('{', StringComparison.Ordinal); start >= 0; start = text.IndexOf('{', start + 1))
        {
            if (text.IndexOf('}', start) is var end and > 0)
                yield return (start, end);
        }
    }
}
