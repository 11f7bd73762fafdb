using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Events;
using LocalAws.Wire;

namespace LocalAws.Scheduling;

/// <summary>A schedule of EventBridge Scheduler.</summary>
/// <param name="Name">Its name in the default group.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Every">How often.</param>
/// <param name="Window">Within what time after that; nothing: as soon as it can.</param>
/// <param name="TargetArn">The function or state machine.</param>
/// <param name="Role">As whom the scheduler calls.</param>
/// <param name="Input">What the target gets; null: a description of the schedule.</param>
/// <param name="Retry">How often, and for how long, a call is tried again.</param>
/// <param name="DeadLetterArn">The queue for what could not be called; null: it is dropped.</param>
/// <param name="Enabled">Whether it runs.</param>
public sealed record ScheduleSettings(string Name, string Arn, TimeSpan Every, TimeSpan Window, string TargetArn, Caller Role, string? Input, RetrySettings Retry, string? DeadLetterArn, bool Enabled);

/// <summary>
/// EventBridge Scheduler. A cloud in which a schedule runs never comes to rest, so nothing is called until <see cref="Start"/>:
/// whoever only provisions is not disturbed by what the template schedules.
/// </summary>
public sealed class Schedules
{
    /// <summary>A call comes within the minute that it is due in (EventBridge Scheduler User Guide, "Schedule types": precision).</summary>
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Latest = TimeSpan.FromMilliseconds(1500);

    private readonly List<ScheduleSettings> all = [];
    private readonly List<(string Name, ITimer Timer)> timers = [];
    private readonly Cloud cloud;
    private readonly Chance chance;
    private bool isStarted;

    internal Schedules(Cloud cloud)
    {
        this.cloud = cloud;
        chance = cloud.Chance.Apart("scheduler");
    }

    /// <summary>All schedules.</summary>
    public IReadOnlyList<ScheduleSettings> All => all;

    /// <summary>Adds a schedule; it runs at once where <see cref="Start"/> was called.</summary>
    public void Add(ScheduleSettings schedule)
    {
        all.Add(schedule);
        if (isStarted)
            Begin(schedule);
    }

    /// <summary>Deletes a schedule; what was called goes on.</summary>
    internal void Remove(string name)
    {
        all.RemoveAll(schedule => schedule.Name == name);
        foreach (var (_, timer) in timers.Where(one => one.Name == name))
            timer.Dispose();
        timers.RemoveAll(one => one.Name == name);
    }

    /// <summary>Lets the schedules run from now on, each from a moment of its first minute on.</summary>
    public void Start()
    {
        if (isStarted)
            return;
        isStarted = true;
        all.ForEach(Begin);
    }

    /// <summary>Stops them; what was called goes on.</summary>
    public void Stop()
    {
        isStarted = false;
        timers.ForEach(one => one.Timer.Dispose());
        timers.Clear();
    }

    private void Begin(ScheduleSettings schedule)
    {
        if (schedule.Enabled)
            timers.Add((schedule.Name, cloud.Time.CreateTimer(_ => _ = CallAsync(schedule), null, chance.Between(TimeSpan.Zero, Minute), schedule.Every)));
    }

    private async Task CallAsync(ScheduleSettings schedule)
    {
        var due = cloud.Time.GetUtcNow();
        await cloud.Time.Delay(chance.Between(TimeSpan.Zero, schedule.Window > Latest ? schedule.Window : Latest), CancellationToken.None).ConfigureAwait(false);
        var input = schedule.Input ?? Described(schedule, due);
        for (var attempt = 0; Try(schedule, input) is { } failure; attempt++)
        {
            var wait = Retries.Wait(attempt, chance);
            var isLast = attempt >= schedule.Retry.MaximumAttempts;
            if (!failure.Passes || isLast || cloud.Time.GetUtcNow() + wait - due > schedule.Retry.MaximumAge)
            {
                Bury(schedule, input, failure, !failure.Passes ? null : isLast ? "MaximumRetryAttempts" : "MaximumEventAgeInSeconds", attempt);
                return;
            }

            await cloud.Time.Delay(wait, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private DeliveryFailure? Try(ScheduleSettings schedule, string input)
    {
        try
        {
            if (schedule.TargetArn.Split(':')[2] is "lambda")
            {
                cloud.Lambda.QueueAs(schedule.Role, schedule.TargetArn, Encoding.UTF8.GetBytes(input));
                return null;
            }

            cloud.Access.Demand(schedule.Role, new("states:StartExecution", schedule.TargetArn, schedule.Role.Facts));
            cloud.StepFunctions.Start(cloud.StepFunctions.Machine(schedule.TargetArn), null, input);
            return null;
        }
        catch (AccessDeniedException denied)
        {
            return new("AccessDeniedException", denied.Message, false);
        }
        catch (AwsErrorException error)
        {
            return new(error.Code, error.Message, Retries.Passes(error));
        }
    }

    private void Bury(ScheduleSettings schedule, string input, DeliveryFailure failure, string? exhausted, int retries)
    {
        if (schedule.DeadLetterArn is not { } queue)
            return;
        try
        {
            cloud.Sqs.SendAs(schedule.Role, queue, input, Retries.Attributes(failure, exhausted, retries).SetItem("SCHEDULE_ARN", new("String", schedule.Arn)).SetItem("TARGET_ARN", new("String", schedule.TargetArn)));
        }
        catch (Exception error) when (error is AccessDeniedException or AwsErrorException)
        {
            // What even the queue does not take is gone, as in AWS.
        }
    }

    /// <summary>What a target without an input of its own gets (EventBridge Scheduler User Guide, "Using templated targets").</summary>
    private string Described(ScheduleSettings schedule, DateTimeOffset due) => new JsonObject
    {
        ["version"] = "0",
        ["id"] = chance.Uuid(),
        ["detail-type"] = "Scheduled Event",
        ["source"] = "aws.scheduler",
        ["account"] = cloud.Options.AccountId,
        ["time"] = due.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["region"] = cloud.Options.Region,
        ["resources"] = new JsonArray(schedule.Arn),
        ["detail"] = "{}",
    }.ToJsonString();
}
