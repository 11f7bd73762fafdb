using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <summary>What to do about the listeners of a load balancer that stays when one execution's work goes.</summary>
/// <param name="Delete">Those that the execution made.</param>
/// <param name="TurnBack">Those that it turned, with the target group that they led to before.</param>
public sealed record ListenerUndo(ImmutableArray<string> Delete, ImmutableArray<KeyValuePair<string, string>> TurnBack)
{
    /// <param name="made">The link, and the execution's mark.</param>
    /// <param name="found">All listeners of the link's load balancers.</param>
    public static ListenerUndo Of(Owner made, ImmutableArray<FoundListener> found) => new(
        [.. found.Where(listener => made.Owns(listener.Tags)).Select(static listener => listener.Arn)],
        [.. from listener in found
            where !made.Owns(listener.Tags)
            let before = TurnNote.Before(made.MadeBy, listener.Tags)
            where before is not null && before != listener.TargetGroupArn
            select KeyValuePair.Create(listener.Arn, before)]);
}
