using System.Collections.Immutable;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Logging;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary>Reads how the stack looks after its links. What cannot be read is said, and spoils nothing else.</summary>
/// <param name="session">The stack and its looker-on.</param>
/// <param name="clock">Now.</param>
internal sealed class UpkeepReading(StackSession session, TimeProvider clock)
{
    private const int Minutes = 15;
    private const string Looks = "looks";
    private const string Runs = "runs";
    private const string Failures = "failures";

    public async Task<Upkeep> ReadAsync(CancellationToken stop)
    {
        var skipped = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<AlarmStatus>? alarms = null;
        LastSync? sync = null;
        await TryAsync("alarms", async () => alarms = await AlarmsAsync(stop));
        await TryAsync("the last sync", async () => sync = await SyncAsync(stop));
        return new([.. UpkeepRules.Troubles(alarms, sync, clock.GetUtcNow())], skipped.ToImmutable(), alarms ?? [], sync);

        async Task TryAsync(string what, Func<Task> read)
        {
            try
            {
                await read();
            }
            catch (AmazonServiceException refused)
            {
                skipped.Add($"{what}: {refused.ErrorCode}: {refused.Message}");
            }
        }
    }

    private async Task<ImmutableArray<AlarmStatus>> AlarmsAsync(CancellationToken stop)
    {
        if (session.Stack.Alarms.IsEmpty)
            return [];
        var found = await Pages.AllAsync(
            next => session.Aws.CloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = [.. session.Stack.Alarms.Values.Select(Name)], NextToken = next }, stop),
            static page => page.MetricAlarms,
            static page => page.NextToken);
        var byArn = found.ToDictionary(static alarm => alarm.AlarmArn, StringComparer.Ordinal);
        return [.. session.Stack.Alarms.Select(one => Status(one.Key, byArn.GetValueOrDefault(one.Value)))];
    }

    private static AlarmStatus Status(string id, MetricAlarm? alarm) =>
        new(id, alarm?.StateValue?.Value, alarm?.StateTransitionedTimestamp is { } since ? new(since.ToUniversalTime()) : null, alarm?.AlarmDescription, alarm?.StateReason);

    private async Task<LastSync> SyncAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var function = Name(session.Stack.Function(nameof(SyncTargets)));
        var series = await Pages.AllAsync(
            next => session.Aws.CloudWatch.GetMetricDataAsync(
                new GetMetricDataRequest
                {
                    StartTime = now.UtcDateTime - TimeSpan.FromMinutes(Minutes),
                    EndTime = now.UtcDateTime,
                    MetricDataQueries =
                    [
                        // Of the runs that look at all targets alone: a watch and a following run the function as well.
                        Query(Looks, EmbeddedMetrics.Namespace, SyncMeasures.Looked, "SampleCount", "Stack", session.Stack.Name),
                        Query(Runs, "AWS/Lambda", "Invocations", "Sum", "FunctionName", function),
                        Query(Failures, "AWS/Lambda", "Errors", "Sum", "FunctionName", function),
                    ],
                    NextToken = next,
                },
                stop),
            static page => page.MetricDataResults,
            static page => page.NextToken);
        return UpkeepRules.LastSync(Counts(Looks), Counts(Runs), Counts(Failures), Minutes);

        ImmutableArray<Counted> Counts(string id) =>
            [.. series.Where(one => one.Id == id).SelectMany(static one => (one.Timestamps ?? []).Zip(one.Values ?? [], static (minute, number) => new Counted(new(minute.ToUniversalTime()), number)))];
    }

    private static MetricDataQuery Query(string id, string space, string metric, string statistic, string dimension, string value) => new()
    {
        Id = id,
        MetricStat = new() { Metric = new() { Namespace = space, MetricName = metric, Dimensions = [new() { Name = dimension, Value = value }] }, Period = 60, Stat = statistic },
    };

    /// <summary>What stands behind an ARN's kind; an alarm's name may hold colons.</summary>
    private static string Name(string arn) => arn.Split(':', 7)[6];
}
