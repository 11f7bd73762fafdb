using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalAws.Lambda;

/// <summary>Describes failures of functions as the Lambda service and its .NET runtime do.</summary>
internal static class FunctionErrors
{
    /// <summary>An exception, as the runtime client writes it (github.com/aws/aws-lambda-dotnet, RuntimeSupport).</summary>
    public static JsonObject Of(Exception exception)
    {
        var error = new JsonObject
        {
            ["errorType"] = exception.GetType().Name,
            ["errorMessage"] = exception.Message,
            ["stackTrace"] = new JsonArray([.. new StackTrace(exception).ToString()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => JsonValue.Create(line))]),
        };
        if (exception.InnerException is { } inner)
            error["cause"] = Of(inner);
        if (exception is AggregateException several)
            error["causes"] = new JsonArray([.. several.InnerExceptions.Select(Of)]);
        return error;
    }

    public static JsonObject TimedOut(string requestId, TimeSpan limit) => new()
    {
        ["errorType"] = "Sandbox.Timedout",
        ["errorMessage"] = string.Create(CultureInfo.InvariantCulture, $"RequestId: {requestId} Error: Task timed out after {limit.TotalSeconds:F2} seconds"),
    };

    public static JsonObject Exited(string requestId) => new()
    {
        ["errorType"] = "Runtime.ExitError",
        ["errorMessage"] = $"RequestId: {requestId} Error: Runtime exited with error: exit status 134",
    };

    public static JsonObject ResponseTooLarge(int most) => new()
    {
        ["errorType"] = "Function.ResponseSizeTooLarge",
        ["errorMessage"] = $"Response payload size exceeded maximum allowed payload size ({most} bytes).",
    };
}
