using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LocalAws.Access;
using LocalAws.Sqs;
using LocalAws.Wire;

namespace LocalAws.Lambda;

/// <summary>
/// Tells destinations and dead-letter queues what came of events, in the name of the function's role. What they do not take is lost
/// (AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations" and "Adding a dead-letter queue").
/// </summary>
internal sealed class Outcomes(Cloud cloud, LambdaFunctions functions)
{
    public void Report(Outcome outcome)
    {
        var succeeded = outcome.Condition is Outcome.Success;
        if ((succeeded ? outcome.Event.Settings.OnSuccess : outcome.Event.Settings.OnFailure) is { } destination)
            Try(() => Send(outcome.Event.Function.Role.Caller, destination, outcome.Record(cloud.Time.GetUtcNow()), MessageAttributes.None));
        if (!succeeded && outcome.Event.Function.DeadLetterArn is { } deadLetters)
            Try(() => Send(outcome.Event.Function.Role.Caller, deadLetters, Encoding.UTF8.GetString(outcome.Event.Payload.Span), Attributes(outcome)));
    }

    private void Send(Caller role, string arn, string body, ImmutableSortedDictionary<string, MessageAttribute> attributes)
    {
        switch (arn.Split(':')[2])
        {
            case "sqs":
                cloud.Sqs.SendAs(role, arn, body, attributes);
                break;
            case "sns":
                cloud.Sns.PublishAs(role, arn, new(null, body, ImmutableSortedDictionary<string, string>.Empty, attributes));
                break;
            default:
                functions.QueueAs(role, arn, Encoding.UTF8.GetBytes(body));
                break;
        }
    }

    private static ImmutableSortedDictionary<string, MessageAttribute> Attributes(Outcome outcome)
    {
        var (code, message) = outcome.Error;
        var attributes = MessageAttributes.None.Add("RequestID", new("String", outcome.Event.RequestId)).Add("ErrorCode", new("Number", code));
        return message.Length > 0 ? attributes.Add("ErrorMessage", new("String", message)) : attributes;
    }

    private static void Try(Action send)
    {
        try
        {
            send();
        }
        catch (Exception error) when (error is AccessDeniedException or AwsErrorException or JsonException)
        {
            // AWS, too, only counts what could not be told (metrics DestinationDeliveryFailures and DeadLetterErrors).
        }
    }
}
