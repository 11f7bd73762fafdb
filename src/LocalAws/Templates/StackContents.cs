using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Events;
using LocalAws.Monitoring;
using LocalAws.Piping;
using LocalAws.Scheduling;

namespace LocalAws.Templates;

/// <summary>What a deployment has made so far.</summary>
internal sealed class StackContents(Cloud cloud)
{
    public SortedDictionary<string, FunctionSettings> Functions { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, StateMachineSettings> StateMachines { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, TopicSettings> Topics { get; } = new(StringComparer.Ordinal);

    public List<SubscriptionSettings> Subscriptions { get; } = [];

    public SortedDictionary<string, QueueSettings> Queues { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, KeySettings> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Key ARN by alias name, id and ARN: all that may name a key.</summary>
    public Dictionary<string, string> KeyNames { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, LogGroupSettings> LogGroups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, SecurityGroupSettings> SecurityGroups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, RoleSettings> Roles { get; } = new(StringComparer.Ordinal);

    public List<RuleSettings> Rules { get; } = [];

    public List<PipeSettings> Pipes { get; } = [];

    public List<ScheduleSettings> Schedules { get; } = [];

    public List<AlarmSettings> Alarms { get; } = [];

    /// <summary>Which services a role lets act as it, by the role's ARN.</summary>
    public Dictionary<string, ImmutableArray<string>> Trust { get; } = new(StringComparer.Ordinal);

    /// <summary>Managed policies of the template, by ARN.</summary>
    public Dictionary<string, Policy> ManagedPolicies { get; } = new(StringComparer.Ordinal);

    public void Add(TopicSettings topic)
    {
        Topics[topic.LogicalId] = topic;
        if (topic.Policy is { } policy)
            cloud.Access.Attach(topic.Arn, policy);
    }

    public Stack ToStack(string name, string id, ImmutableSortedDictionary<string, string> outputs) => new(
        name,
        id,
        Functions.ToImmutableSortedDictionary(StringComparer.Ordinal),
        StateMachines.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Topics.ToImmutableSortedDictionary(StringComparer.Ordinal),
        [.. Subscriptions],
        Queues.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Keys.ToImmutableSortedDictionary(StringComparer.Ordinal),
        LogGroups.ToImmutableSortedDictionary(StringComparer.Ordinal),
        SecurityGroups.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Roles.ToImmutableSortedDictionary(StringComparer.Ordinal),
        outputs)
    {
        Rules = [.. Rules],
        Pipes = [.. Pipes],
        Schedules = [.. Schedules],
        Alarms = [.. Alarms],
    };
}
