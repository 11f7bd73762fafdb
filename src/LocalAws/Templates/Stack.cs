using System.Collections.Immutable;
using LocalAws.Events;
using LocalAws.Monitoring;
using LocalAws.Piping;
using LocalAws.Scheduling;

namespace LocalAws.Templates;

/// <summary>What a deployment made, by logical id.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Id">Its ARN.</param>
/// <param name="Functions">The Lambda functions.</param>
/// <param name="StateMachines">The state machines.</param>
/// <param name="Topics">The SNS topics.</param>
/// <param name="Subscriptions">The subscriptions to topics.</param>
/// <param name="Queues">The SQS queues.</param>
/// <param name="Keys">The KMS keys.</param>
/// <param name="LogGroups">The log groups.</param>
/// <param name="SecurityGroups">The security groups.</param>
/// <param name="Roles">All roles: SAM's own under the id that SAM gives them, such as <c>PlanLinkRole</c>.</param>
/// <param name="Outputs">The outputs, by name.</param>
public sealed record Stack(
    string Name,
    string Id,
    ImmutableSortedDictionary<string, FunctionSettings> Functions,
    ImmutableSortedDictionary<string, StateMachineSettings> StateMachines,
    ImmutableSortedDictionary<string, TopicSettings> Topics,
    ImmutableArray<SubscriptionSettings> Subscriptions,
    ImmutableSortedDictionary<string, QueueSettings> Queues,
    ImmutableSortedDictionary<string, KeySettings> Keys,
    ImmutableSortedDictionary<string, LogGroupSettings> LogGroups,
    ImmutableSortedDictionary<string, SecurityGroupSettings> SecurityGroups,
    ImmutableSortedDictionary<string, RoleSettings> Roles,
    ImmutableSortedDictionary<string, string> Outputs)
{
    /// <summary>The rules of the default event bus.</summary>
    public ImmutableArray<RuleSettings> Rules { get; init; } = [];

    /// <summary>The pipes.</summary>
    public ImmutableArray<PipeSettings> Pipes { get; init; } = [];

    /// <summary>The schedules.</summary>
    public ImmutableArray<ScheduleSettings> Schedules { get; init; } = [];

    /// <summary>The alarms.</summary>
    public ImmutableArray<AlarmSettings> Alarms { get; init; } = [];
}
