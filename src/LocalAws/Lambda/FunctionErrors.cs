using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalAws.Lambda;

/// <summary>Describes failures of functions as the Lambda service and its .NET runtime do.</summary>
internal static class FunctionErrors
{
    /// <summary>How a process ends that aborts, as .NET does on a crash.</summary>
    public const int Aborted = 134;

    /// <summary>How a process ends that is killed, for its memory for example.</summary>
    public const int Killed = 137;

    private const int SegmentationFault = 139;
    private const int Terminated = 143;

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

    /// <summary>
    /// The process of the runtime ended by itself. .NET tells a signal as 128 and its number, as a shell does
    /// (github.com/aws/aws-lambda-runtime-interface-emulator: what Go says of a process).
    /// </summary>
    public static JsonObject Exited(string requestId, int code) => new()
    {
        ["errorType"] = "Runtime.ExitError",
        ["errorMessage"] = $"RequestId: {requestId} Error: {code switch
        {
            0 => "Runtime exited without providing a reason",
            Killed => "Runtime exited with error: signal: killed",
            SegmentationFault => "Runtime exited with error: signal: segmentation fault",
            Terminated => "Runtime exited with error: signal: terminated",
            _ => string.Create(CultureInfo.InvariantCulture, $"Runtime exited with error: exit status {code}"),
        }}",
    };

    public static JsonObject NotStarted(string requestId, string why) => new()
    {
        ["errorType"] = "Runtime.InvalidEntrypoint",
        ["errorMessage"] = $"RequestId: {requestId} Error: {why}",
    };

    public static JsonObject ResponseTooLarge(int most) => new()
    {
        ["errorType"] = "Function.ResponseSizeTooLarge",
        ["errorMessage"] = $"Response payload size exceeded maximum allowed payload size ({most} bytes).",
    };
}
