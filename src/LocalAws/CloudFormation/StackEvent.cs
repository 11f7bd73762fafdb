using System.Collections.Immutable;
using LocalAws.Templates;

namespace LocalAws.CloudFormation;

/// <summary>A line of what happened to a stack, as <c>DescribeStackEvents</c> tells it.</summary>
/// <param name="At">When.</param>
/// <param name="LogicalId">To which resource; the stack's own name for the stack.</param>
/// <param name="PhysicalId">What that resource is; empty: it is nothing yet.</param>
/// <param name="Status">Such as <c>CREATE_FAILED</c>.</param>
/// <param name="Reason">Why; empty where nothing went wrong.</param>
public sealed record StackEvent(DateTimeOffset At, string LogicalId, string PhysicalId, string Status, string Reason);

/// <summary>How an operation on a stack ended.</summary>
/// <param name="Status">Such as <c>CREATE_COMPLETE</c>.</param>
/// <param name="Events">What happened meanwhile.</param>
/// <param name="Stack">What stands; after a deletion what stood.</param>
public sealed record StackOutcome(string Status, ImmutableArray<StackEvent> Events, Stack Stack)
{
    /// <summary>The reason that a custom resource gave for its failure; empty: none failed.</summary>
    public string Reason => Events.FirstOrDefault(one => one.Status.EndsWith("_FAILED", StringComparison.Ordinal) && one.Reason.Length > 0)?.Reason ?? "";
}
