using System.Collections.Immutable;
using LocalAws.Access;

namespace LocalAws.Events;

/// <summary>A rule of the default event bus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Pattern">Its pattern, as text.</param>
/// <param name="Enabled">Whether it looks at events.</param>
/// <param name="Targets">Where the events go that it takes.</param>
public sealed record RuleSettings(string Name, string Arn, string Pattern, bool Enabled, ImmutableArray<RuleTarget> Targets)
{
    internal EventPattern Reads { get; } = EventPattern.Read(Pattern);
}

/// <summary>Where the events of a rule go.</summary>
/// <param name="Id">Its id within the rule.</param>
/// <param name="Arn">The function, queue, topic or state machine.</param>
/// <param name="Role">As whom EventBridge starts a state machine; null: it acts in its own name.</param>
/// <param name="Input">What the target gets instead of the event.</param>
/// <param name="Retry">How often, and for how long, delivery is tried again.</param>
/// <param name="DeadLetterArn">The queue for what could not be delivered; null: it is dropped.</param>
public sealed record RuleTarget(string Id, string Arn, Caller? Role, TargetInput Input, RetrySettings Retry, string? DeadLetterArn);

/// <summary>What a target gets: a constant text, a part of the event, or a text with values of the event in it; all null: the event.</summary>
/// <param name="Constant">A JSON text.</param>
/// <param name="Path">A JSON path.</param>
/// <param name="Paths">The values that the template may use, by name.</param>
/// <param name="Template">The text, with <c>&lt;name&gt;</c> for values.</param>
public sealed record TargetInput(string? Constant, string? Path, ImmutableDictionary<string, string> Paths, string? Template)
{
    /// <summary>The event as it is.</summary>
    public static readonly TargetInput Whole = new(null, null, ImmutableDictionary<string, string>.Empty, null);
}

/// <summary>How often, and for how long, delivery is tried again.</summary>
/// <param name="MaximumAttempts">Retries after the first attempt.</param>
/// <param name="MaximumAge">The age at which an event is given up.</param>
public sealed record RetrySettings(int MaximumAttempts, TimeSpan MaximumAge)
{
    /// <summary>185 times within a day (Amazon EventBridge User Guide, "How EventBridge retries delivering events"; the same in EventBridge Scheduler).</summary>
    public static readonly RetrySettings Usual = new(185, TimeSpan.FromHours(24));
}
