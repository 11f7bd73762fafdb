using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Sqs;
using LocalAws.Wire;

namespace LocalAws.Events;

/// <summary>
/// Hands events to targets in EventBridge's own name or as the target's role. What fails in passing is tried again; what may not be
/// delivered, or no longer can, goes to the target's dead-letter queue at once
/// (Amazon EventBridge User Guide, "How EventBridge retries delivering events", "Using dead-letter queues to process undelivered events").
/// </summary>
internal sealed class Delivery(Cloud cloud, Chance chance)
{
    private const string Service = "events.amazonaws.com";

    public async Task DeliverAsync(RuleSettings rule, RuleTarget target, JsonObject happened, TimeSpan first)
    {
        var accepted = cloud.Time.GetUtcNow();
        await cloud.Time.Delay(first, CancellationToken.None).ConfigureAwait(false);
        var input = InputRules.Make(target.Input, happened, rule.Arn);
        for (var attempt = 0; ; attempt++)
        {
            if (Try(rule, target, input) is not { } failure)
                return;
            var wait = Retries.Wait(attempt, chance);
            var given = !failure.Passes ? null
                : attempt >= target.Retry.MaximumAttempts ? "MaximumRetryAttempts"
                : cloud.Time.GetUtcNow() + wait - accepted > target.Retry.MaximumAge ? "MaximumEventAgeInSeconds"
                : "";
            if (given is not "")
            {
                Bury(rule, target, happened, failure, given, attempt);
                return;
            }

            await cloud.Time.Delay(wait, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private DeliveryFailure? Try(RuleSettings rule, RuleTarget target, string input)
    {
        try
        {
            Send(rule, target, input);
            return null;
        }
        catch (AccessDeniedException denied)
        {
            return new("NO_PERMISSIONS", denied.Message, false);
        }
        catch (AwsErrorException error)
        {
            return Retries.Passes(error) ? new("SDK_CLIENT_ERROR", error.Message, true) : new("NO_RESOURCE", error.Message, false);
        }
    }

    private void Send(RuleSettings rule, RuleTarget target, string input)
    {
        switch (target.Arn.Split(':')[2])
        {
            case "lambda":
                cloud.Lambda.QueueAs(Service, rule.Arn, target.Arn, Encoding.UTF8.GetBytes(input));
                break;
            case "sqs":
                cloud.Sqs.SendAs(Service, rule.Arn, target.Arn, input, MessageAttributes.None);
                break;
            case "sns":
                cloud.Sns.DemandOfService(Service, rule.Arn, target.Arn);
                cloud.Sns.PublishAs(Service, rule.Arn, target.Arn, input);
                break;
            default:
                var role = target.Role ?? throw new AwsErrorException("ValidationException", $"RoleArn is required for target {target.Arn}.");
                cloud.Access.Demand(role, new("states:StartExecution", target.Arn, role.Facts));
                cloud.StepFunctions.Start(cloud.StepFunctions.Machine(target.Arn), null, input);
                break;
        }
    }

    private void Bury(RuleSettings rule, RuleTarget target, JsonObject happened, DeliveryFailure failure, string? exhausted, int retries)
    {
        if (target.DeadLetterArn is not { } queue)
            return;
        try
        {
            cloud.Sqs.SendAs(Service, rule.Arn, queue, happened.ToJsonString(), Retries.Attributes(failure, exhausted, retries).SetItem("RULE_ARN", new("String", rule.Arn)).SetItem("TARGET_ARN", new("String", target.Arn)));
        }
        catch (Exception error) when (error is AccessDeniedException or AwsErrorException)
        {
            // What even the queue does not take is gone, as in AWS.
        }
    }
}

/// <summary>Why a delivery failed.</summary>
/// <param name="Code">As a dead letter names it.</param>
/// <param name="Message">In words.</param>
/// <param name="Passes">Whether it may be over soon.</param>
internal sealed record DeliveryFailure(string Code, string Message, bool Passes);

/// <summary>What EventBridge and its scheduler have in common when a delivery fails.</summary>
internal static class Retries
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Ever longer, with jitter.</summary>
    public static TimeSpan Wait(int attempt, Chance chance)
    {
        var full = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt, 10)));
        return (full < Longest ? full : Longest) * (0.5 + (chance.NextDouble() / 2));
    }

    public static bool Passes(AwsErrorException error) => error.Status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError || error.Code.StartsWith("Thrott", StringComparison.Ordinal);

    public static System.Collections.Immutable.ImmutableSortedDictionary<string, MessageAttribute> Attributes(DeliveryFailure failure, string? exhausted, int retries)
    {
        var attributes = MessageAttributes.None
            .Add("ERROR_CODE", new("String", failure.Code))
            .Add("ERROR_MESSAGE", new("String", failure.Message))
            .Add("RETRY_ATTEMPTS", new("Number", retries.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return exhausted is null ? attributes : attributes.Add("EXHAUSTED_RETRY_CONDITION", new("String", exhausted));
    }
}
