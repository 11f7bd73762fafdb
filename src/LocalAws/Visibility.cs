using LocalAws.Timing;

namespace LocalAws;

/// <summary>
/// How long what was just made stays unseen by calls that follow (Amazon EC2 Developer Guide: "Eventual consistency in the Amazon EC2 API";
/// for Elastic Load Balancing hashicorp/terraform-provider-aws, issues 15214 and 19920, and kubernetes-sigs/aws-load-balancer-controller, issue 1433).
/// Lists leave it out and calls that name it find nothing, while rules that keep names and load balancers unique hold from the first instant.
/// </summary>
public sealed class Visibility
{
    private const double SeenAtOnce = 0.5;

    private readonly Chance chance;
    private readonly SimulatedTime time;

    internal Visibility(Chance chance, SimulatedTime time) => (this.chance, this.time) = (chance, time);

    /// <summary>The longest that something stays unseen; nothing does until this is set.</summary>
    public TimeSpan Longest { get; set; }

    /// <summary>From when on something that is made now is seen.</summary>
    internal DateTimeOffset OfNew() => Longest <= TimeSpan.Zero || chance.NextDouble() < SeenAtOnce
        ? time.GetUtcNow()
        : time.GetUtcNow() + chance.Between(TimeSpan.Zero, Longest);
}
