using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.States;
using LocalAws.Wire;

namespace LocalAws.Lambda;

/// <summary>What came of an event in the end.</summary>
/// <param name="Event">The event.</param>
/// <param name="Condition">How it ended.</param>
/// <param name="Invoked">How often the function was invoked.</param>
/// <param name="Last">The last invocation; null when the last attempt was refused.</param>
/// <param name="Refusal">The last refusal; null when the function was invoked.</param>
internal sealed record Outcome(QueuedEvent Event, string Condition, int Invoked, Invocation? Last, AwsErrorException? Refusal)
{
    public const string Success = "Success";
    public const string RetriesExhausted = "RetriesExhausted";
    public const string EventAgeExceeded = "EventAgeExceeded";
    public const string ZeroReservedConcurrency = "ZeroReservedConcurrency";

    private int Status => (int?)Refusal?.Status ?? 200;

    /// <summary>The error's code and message, as a dead letter carries them.</summary>
    public (string Code, string Message) Error => (Status.ToString(CultureInfo.InvariantCulture), Cut(Message()));

    /// <summary>The invocation record that a destination gets (AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations").</summary>
    public string Record(DateTimeOffset now)
    {
        var record = new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = Event.RequestId,
                ["functionArn"] = Event.Function.Arn + ":$LATEST",
                ["condition"] = Condition,
                ["approximateInvokeCount"] = Invoked,
            },
            ["requestPayload"] = Json.Read(Event.Payload),
        };
        if (Last is not null)
        {
            var context = new JsonObject { ["statusCode"] = Status, ["executedVersion"] = "$LATEST" };
            if (Last.FunctionError is { } error)
                context["functionError"] = error;
            record["responseContext"] = context;
            record["responsePayload"] = Json.Read(Last.Payload);
        }

        return Json.Text(record);
    }

    private string Message() => Last is null ? Refusal?.Message ?? "" : Json.String((Json.Read(Last.Payload) as JsonObject)?["errorMessage"]) ?? "";

    private static string Cut(string message)
    {
        const int MostBytes = 1024;
        var bytes = Encoding.UTF8.GetBytes(message);
        return bytes.Length <= MostBytes ? message : Encoding.UTF8.GetString(bytes.AsSpan(0, MostBytes)).TrimEnd('\uFFFD');
    }
}
