using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <summary>What to do about the listeners of a load balancer that stays when one execution's work goes.</summary>
/// <param name="Delete">Those that the execution made.</param>
/// <param name="TurnBack">Those that it turned.</param>
public sealed record ListenerUndo(ImmutableArray<string> Delete, ImmutableArray<ListenerBefore> TurnBack)
{
    /// <param name="made">The link, and the execution's mark.</param>
    /// <param name="found">All listeners of the link's load balancers.</param>
    public static ListenerUndo Of(Owner made, ImmutableArray<FoundListener> found) => new(
        [.. found.Where(listener => made.Owns(listener.Tags)).Select(static listener => listener.Arn)],
        [.. from listener in found
            where !made.Owns(listener.Tags)
            let before = TurnNote.Before(made.MadeBy, listener.Tags)
            where before is not null
            select new ListenerBefore(listener.Arn, before, listener.TargetGroupArn == before)]);
}

/// <summary>A listener and the target group that it led to before an execution turned it.</summary>
/// <param name="Arn">The listener.</param>
/// <param name="TargetGroupArn">The target group.</param>
/// <param name="LeadsThere">Whether it leads there again, so that only the note on it is left.</param>
public sealed record ListenerBefore(string Arn, string TargetGroupArn, bool LeadsThere);
