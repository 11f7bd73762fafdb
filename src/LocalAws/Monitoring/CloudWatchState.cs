using System.Collections.Immutable;
using LocalAws.Lambda;
using LocalAws.States.Running;

namespace LocalAws.Monitoring;

/// <summary>An alarm that changed its state.</summary>
/// <param name="At">When.</param>
/// <param name="Name">Its name.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
/// <param name="Reason">Why, in CloudWatch's words.</param>
public sealed record AlarmChange(DateTimeOffset At, string Name, string From, string To, string Reason);

/// <summary>
/// Metrics and alarms. Alarms look once a minute, and a cloud in which they do never comes to rest, so they begin with <see cref="Start"/>;
/// metrics are kept always.
/// </summary>
public sealed class CloudWatchState
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Datapoints need a moment to arrive before a period is judged.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(15);

    private readonly Dictionary<MetricId, List<Datapoint>> metrics = [];
    private readonly OrderedDictionary<string, Alarm> alarms = new(StringComparer.Ordinal);
    private readonly List<AlarmChange> changes = [];
    private readonly Cloud cloud;
    private ITimer? looks;

    internal CloudWatchState(Cloud cloud) => this.cloud = cloud;

    /// <summary>The metrics that have numbers.</summary>
    public ImmutableArray<MetricId> Metrics =>
        [.. metrics.Keys.OrderBy(metric => metric.Namespace, StringComparer.Ordinal).ThenBy(metric => metric.Name, StringComparer.Ordinal).ThenBy(metric => string.Join(',', metric.Dimensions), StringComparer.Ordinal)];

    /// <summary>The alarms, oldest first.</summary>
    public IReadOnlyCollection<Alarm> Alarms => alarms.Values;

    /// <summary>How alarms changed.</summary>
    public IReadOnlyList<AlarmChange> Changes => changes;

    /// <summary>Keeps a number.</summary>
    public void Put(MetricId metric, DateTimeOffset at, double value, string unit)
    {
        if (!metrics.TryGetValue(metric, out var points))
            metrics[metric] = points = [];
        points.Add(new(at, value, unit));
    }

    /// <summary>The numbers of a metric from one instant up to another.</summary>
    public ImmutableArray<Datapoint> Points(MetricId metric, DateTimeOffset from, DateTimeOffset to) =>
        metrics.TryGetValue(metric, out var points) ? [.. points.Where(point => point.At >= from && point.At < to)] : [];

    /// <summary>Adds an alarm, or puts it in the place of the one of that name.</summary>
    public void Add(AlarmSettings alarm)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        alarms[alarm.Name] = new(alarm, cloud.Time.GetUtcNow());
    }

    /// <summary>Deletes an alarm.</summary>
    internal void Remove(string name) => alarms.Remove(name);

    /// <summary>Lets the alarms look from now on.</summary>
    public void Start() => looks ??= cloud.Time.CreateTimer(_ => Look(), null, UntilNextMinute() + Settles, Minute);

    /// <summary>Stops them.</summary>
    public void Stop()
    {
        looks?.Dispose();
        looks = null;
    }

    /// <summary>A line of a function's log may hold metrics.</summary>
    internal void Read(FunctionLogLine line)
    {
        foreach (var (metric, at, value, unit) in EmbeddedFormat.Read(line.Message, line.At))
            Put(metric, at, value, unit);
    }

    /// <summary>What the Lambda service itself measures (AWS Lambda Developer Guide, "Types of metrics for Lambda functions").</summary>
    internal void Invoked(string functionName, DateTimeOffset began, Invocation invocation)
    {
        Put(Metric("Invocations"), began, 1, "Count");
        Put(Metric("Errors"), began, invocation.FunctionError is null ? 0 : 1, "Count");
        Put(Metric("Throttles"), began, 0, "Count");
        Put(Metric("Duration"), began, (cloud.Time.GetUtcNow() - began).TotalMilliseconds, "Milliseconds");

        MetricId Metric(string name) => MetricId.Of("AWS/Lambda", name, ("FunctionName", functionName));
    }

    /// <summary>An invocation was refused because too many ran.</summary>
    internal void Throttled(string functionName) =>
        Put(MetricId.Of("AWS/Lambda", "Throttles", ("FunctionName", functionName)), cloud.Time.GetUtcNow(), 1, "Count");

    /// <summary>What Step Functions measures (AWS Step Functions Developer Guide, "Monitoring Step Functions metrics using Amazon CloudWatch").</summary>
    internal void Ended(Execution execution)
    {
        var name = execution.Status is ExecutionStatus.TimedOut ? "ExecutionsTimedOut" : $"Executions{execution.Status}";
        Put(MetricId.Of("AWS/States", name, ("StateMachineArn", execution.Identity.MachineArn)), execution.StopDate ?? cloud.Time.GetUtcNow(), 1, "Count");
    }

    private TimeSpan UntilNextMinute() => Minute - TimeSpan.FromTicks(cloud.Time.GetUtcNow().UtcTicks % Minute.Ticks);

    private void Look()
    {
        var now = cloud.Time.GetUtcNow();
        foreach (var queue in cloud.Sqs.All)
        {
            var visible = queue.Messages.Count(message => !message.IsInFlight(now) && message.VisibleAt <= now);
            Put(MetricId.Of("AWS/SQS", "ApproximateNumberOfMessagesVisible", ("QueueName", queue.Name)), now - Minute, visible, "Count");
        }

        foreach (var alarm in alarms.Values)
        {
            var (before, after) = (alarm.State, alarm.Look(now, Points));
            if (before == after.State)
                continue;
            changes.Add(new(now, alarm.Settings.Name, before, after.State, after.Reason));
            foreach (var topic in alarm.ActionsOf(after.State))
                cloud.Sns.PublishAs("cloudwatch.amazonaws.com", alarm.Settings.Arn, topic, AlarmMessage.Write(cloud.Options, alarm, before, now), AlarmMessage.Subject(cloud.Options, alarm));
        }
    }
}
