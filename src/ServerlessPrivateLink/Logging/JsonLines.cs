using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ServerlessPrivateLink.Logging;

/// <summary>One JSON object per line with the <c>timestamp</c> and <c>level</c> that Lambda's JSON log format reads (Lambda Developer Guide, "Log and monitor").</summary>
public sealed class JsonLines(TextWriter lines, TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, lines, clock);

    public void Dispose() => lines.Flush();

    private sealed class Category(string name, TextWriter lines, TimeProvider clock) : ILogger
    {
        private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // Lambda's own log level filter decides what is kept.
        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Relaxed))
            {
                json.WriteStartObject();
                json.WriteString("timestamp", clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                json.WriteString("level", Level(logLevel));
                json.WriteString("logger", name);
                json.WriteString("message", formatter(state, exception));
                WriteValues(json, state);
                if (exception is not null)
                {
                    json.WriteString("errorType", exception.GetType().Name);
                    json.WriteString("errorMessage", exception.Message);
                }

                json.WriteEndObject();
            }

            lines.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        }

        private static void WriteValues<TState>(Utf8JsonWriter json, TState state)
        {
            if (state is not IReadOnlyList<KeyValuePair<string, object?>> values) return;
            json.WriteStartObject("values");
            foreach (var (key, value) in values)
            {
                if (key != "{OriginalFormat}") json.WriteString(key, Text(value));
            }

            json.WriteEndObject();
        }

        private static string? Text(object? value) => value is System.Collections.IEnumerable and not string
            ? string.Join(", ", ((System.Collections.IEnumerable)value).Cast<object?>())
            : Convert.ToString(value, CultureInfo.InvariantCulture);

        private static string Level(LogLevel level) => level switch
        {
            LogLevel.Trace => "TRACE",
            LogLevel.Debug => "DEBUG",
            LogLevel.Information => "INFO",
            LogLevel.Warning => "WARN",
            LogLevel.Error => "ERROR",
            _ => "FATAL",
        };
    }
}
