using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LambdaHost;

/// <summary>An exception as the Runtime API takes it from .NET (Lambda Developer Guide, "Error handling" of C# functions).</summary>
/// <param name="Type">The exception's short type name, by which a state machine catches it.</param>
/// <param name="Json">The report.</param>
internal sealed record ErrorReport(string Type, byte[] Json)
{
    private const int MostBytes = 256 * 1024;

    // What is inside a page of HTML is of no concern here, and a "+" of a nested type's name should stay one.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ErrorReport Of(Exception exception)
    {
        var real = Unwrapped(exception);
        var json = Encoding.UTF8.GetBytes(Describe(real).ToJsonString(Relaxed));
        return new(real.GetType().Name, json.Length <= MostBytes ? json : Encoding.UTF8.GetBytes(Short(real).ToJsonString(Relaxed)));
    }

    // What a task or a reflected call puts around an exception is not what the function threw.
    private static Exception Unwrapped(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrapped(only),
        TargetInvocationException { InnerException: { } inner } => Unwrapped(inner),
        TypeInitializationException { InnerException: { } inner } => Unwrapped(inner),
        _ => exception,
    };

    private static JsonObject Describe(Exception exception)
    {
        var report = Short(exception);
        report["stackTrace"] = new JsonArray([.. new StackTrace(exception, fNeedFileInfo: true).ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => JsonValue.Create(line))]);
        if (exception.InnerException is { } cause)
            report["cause"] = Describe(cause);
        if (exception is AggregateException several)
            report["causes"] = new JsonArray([.. several.InnerExceptions.Select(Describe)]);
        return report;
    }

    private static JsonObject Short(Exception exception) => new()
    {
        ["errorType"] = exception.GetType().Name,
        ["errorMessage"] = exception.Message,
    };
}
