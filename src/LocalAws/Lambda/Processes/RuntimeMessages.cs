using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalAws.Lambda.Processes;

/// <summary>A request at the Runtime API.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path after the API's version.</param>
/// <param name="ErrorType">The header <c>Lambda-Runtime-Function-Error-Type</c>; null: there is none.</param>
/// <param name="Body">Its body.</param>
internal sealed record RuntimeRequest(string Method, string Path, string? ErrorType, ReadOnlyMemory<byte> Body);

/// <summary>What the Runtime API answers, in the words of github.com/aws/aws-lambda-runtime-interface-emulator.</summary>
internal sealed record RuntimeAnswer(int Status, ImmutableDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public static readonly RuntimeAnswer Accepted = Of(202, new JsonObject { ["status"] = "OK" });

    public static readonly RuntimeAnswer WrongRequestId = Error(400, "InvalidRequestID", "Invalid request ID");

    public static readonly RuntimeAnswer TooLarge = Error(413, "RequestEntityTooLarge", $"Exceeded maximum allowed payload size ({RuntimeSession.MostBytes} bytes).");

    public static readonly RuntimeAnswer Unknown = Error(404, "NotFound", "The Runtime API has no such resource.");

    public static RuntimeAnswer NotNow(string phase, string wanted) =>
        Error(403, "InvalidStateTransition", $"Transition from {phase} to {wanted} is not allowed");

    private static RuntimeAnswer Error(int status, string type, string message) => Of(status, new JsonObject { ["errorMessage"] = message, ["errorType"] = type });

    private static RuntimeAnswer Of(int status, JsonObject body) => new(status, ImmutableDictionary<string, string>.Empty, Encoding.UTF8.GetBytes(body.ToJsonString()));
}
