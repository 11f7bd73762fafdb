using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.TargetSync;

/// <param name="Execution">What was started; null: nothing had to be.</param>
/// <param name="Reason">Why.</param>
public sealed record StartFollowOutput(string? Execution, string Reason);

/// <summary>The input of the state machine <c>FollowFailover</c>.</summary>
public sealed record FollowStart(ImmutableArray<string> Databases, DateTimeOffset Announced);

/// <summary>The state machine that follows a failover.</summary>
public sealed record FollowMachine(string Arn)
{
    public const string Variable = "FOLLOW_FAILOVER_ARN";
}

/// <summary>Starts to follow a database when RDS says that something happens to it.</summary>
public sealed partial class StartFollow(SyncedGroups groups, IAmazonStepFunctions states, FollowMachine machine, TimeProvider clock, ILogger<StartFollow> log)
{
    // One failover sends several events within a minute or two; one execution follows it.
    private static readonly TimeSpan OneFailover = TimeSpan.FromMinutes(3);

    [LambdaFunction]
    public async Task<StartFollowOutput> Handle(JsonElement happened, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        if (DatabaseEvent.Read(happened) is not { } told) return Nothing("this is no event of a database");
        if (await IsFollowedAsync(told, deadline.Token)) return Nothing($"{told.Subject} is being followed already");
        if ((await groups.FindAsync(link: null, told.Databases, deadline.Token)).Readable.IsEmpty) return Nothing($"no link exposes {told.Subject}");

        try
        {
            var started = await states.StartExecutionAsync(
                new StartExecutionRequest
                {
                    StateMachineArn = machine.Arn,
                    Name = $"{BeginningOf(told)}{Plain(told.EventId, 16)}-{Hash(told.Id)}",
                    Input = JsonSerializer.Serialize(new FollowStart(told.Databases, told.At ?? clock.GetUtcNow()), Wire.Default.FollowStart),
                },
                deadline.Token);
            LogStarted(log, told.Subject, told.EventId, started.ExecutionArn);
            return new(started.ExecutionArn, $"{told.Subject} is followed");
        }
        catch (ExecutionAlreadyExistsException)
        {
            return Nothing($"this event of {told.Subject} was followed already");
        }
    }

    private async Task<bool> IsFollowedAsync(DatabaseEvent told, CancellationToken token)
    {
        var running = await Pages.ReadAsync(
            next => states.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = machine.Arn, StatusFilter = ExecutionStatus.RUNNING, NextToken = next }, token),
            static answer => answer.Executions,
            static answer => answer.NextToken);
        var recent = clock.GetUtcNow() - OneFailover;
        return running.Any(execution => execution.Name.StartsWith(BeginningOf(told), StringComparison.Ordinal) && execution.StartDate > recent.UtcDateTime);
    }

    private StartFollowOutput Nothing(string reason)
    {
        LogNothing(log, reason);
        return new(null, reason);
    }

    // A name has at most 80 letters, digits, hyphens and underscores; an RDS identifier has up to 63 of them.
    private static string BeginningOf(DatabaseEvent told) => $"{Plain(told.Subject, 36)}-{Hash(string.Join(' ', told.Databases))}-";

    private static string Plain(string text, int most) => new([.. text.Where(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-').Take(most)]);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10];

    [LoggerMessage(Level = LogLevel.Information, Message = "Follows {Subject} after {EventId}: {Execution}")]
    private static partial void LogStarted(ILogger logger, string subject, string eventId, string execution);

    [LoggerMessage(Level = LogLevel.Information, Message = "Nothing to follow: {Reason}")]
    private static partial void LogNothing(ILogger logger, string reason);
}
