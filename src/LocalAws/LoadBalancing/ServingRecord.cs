using System.Collections.Immutable;
using System.Net;
using LocalAws.Rds;

namespace LocalAws.LoadBalancing;

/// <summary>
/// Keeps, from the state itself, what a target group could do at each moment: it looks before the clock moves on, when all that
/// happens at an instant has happened, and at the instants at which time alone changes a target's health.
/// </summary>
public sealed class ServingRecord : IDisposable
{
    private readonly Cloud cloud;
    private readonly TargetGroup group;
    private readonly Func<IEnumerable<IPAddress>> places;
    private readonly List<ServingMoment> moments = [];
    private readonly IDisposable watch;

    private ServingRecord(Cloud cloud, TargetGroup group, Func<IEnumerable<IPAddress>> places)
    {
        (this.cloud, this.group, this.places) = (cloud, group, places);
        Look(cloud.Time.GetUtcNow());
        watch = cloud.Time.Watch(LookUntil);
    }

    /// <summary>The moments so far, oldest first; each differs from the one before and lasts until the next.</summary>
    public IReadOnlyList<ServingMoment> Moments => moments;

    /// <summary>Records the group of an instance, from now on until disposed.</summary>
    public static ServingRecord Of(Cloud cloud, TargetGroup group, DbInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new(Checked(cloud), group, () => At(instance));
    }

    /// <summary>Records the group of a cluster's writer, or of its readers, which are the writer where there is no other member.</summary>
    public static ServingRecord Of(Cloud cloud, TargetGroup group, DbCluster cluster, bool writer)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return new(Checked(cloud), group, () => Members(writer || cluster.Members.All(member => member.IsWriter)));

        IEnumerable<IPAddress> Members(bool writes) => cluster.Members
            .Where(member => member.IsWriter == writes)
            .Select(member => cloud.Rds.FindInstance(member.Identifier))
            .SelectMany(member => member is null ? [] : At(member));
    }

    /// <summary>How long it was so, between two instants; the last moment lasts on.</summary>
    public TimeSpan Spent(Func<ServingMoment, bool> isSo, DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        for (var i = 0; i < moments.Count; i++)
        {
            var (begin, end) = (moments[i].At, i + 1 < moments.Count ? moments[i + 1].At : DateTimeOffset.MaxValue);
            (begin, end) = (begin < from ? from : begin, end > to ? to : end);
            if (begin < end && isSo(moments[i]))
                sum += end - begin;
        }

        return sum;
    }

    /// <summary>Ends the record; what was seen stays.</summary>
    public void Dispose()
    {
        Look(cloud.Time.GetUtcNow());
        watch.Dispose();
    }

    private void LookUntil(DateTimeOffset next)
    {
        for (DateTimeOffset? at = cloud.Time.GetUtcNow(); at < next; at = cloud.LoadBalancing.NextTurn(group, at.Value))
            Look(at.Value);
    }

    private void Look(DateTimeOffset at)
    {
        ImmutableArray<IPAddress> right = [.. places()];
        var moment = new ServingMoment(
            at,
            [.. group.TargetsAt(at).Select(target => new ServingTarget(
                target.Address,
                target.Port,
                cloud.LoadBalancing.HealthOf(group, target, at).State,
                cloud.LoadBalancing.Answers(group, target),
                right.Contains(target.Address)))],
            right.Any(address => cloud.Ec2.Ports.Find(address, group.Port) is { IsOpen: true }));
        if (moments is [.., var last] && last.IsLike(moment))
            return;
        // What is seen at one instant is what it ended with.
        if (moments is [.., var same] && same.At == at)
            moments.RemoveAt(moments.Count - 1);
        moments.Add(moment);
    }

    private static IEnumerable<IPAddress> At(DbInstance instance) => instance.Address is { } address ? [address] : [];

    private static Cloud Checked(Cloud cloud) => cloud ?? throw new ArgumentNullException(nameof(cloud));
}

/// <summary>What a target group could do from one moment on.</summary>
/// <param name="At">From when.</param>
/// <param name="Targets">Its targets, those that drain too.</param>
/// <param name="Exists">Whether the database answered anywhere in the role that the group is for, registered or not.</param>
public sealed record ServingMoment(DateTimeOffset At, ImmutableArray<ServingTarget> Targets, bool Exists)
{
    /// <summary>Targets able to serve.</summary>
    public int Able => Targets.Count(target => target.IsAble);

    /// <summary>Those of them that the load balancer calls healthy.</summary>
    public int Healthy => Targets.Count(target => target.IsAble && target.State == TargetHealth.Healthy.State);

    /// <summary>No target could serve though the database answered.</summary>
    public bool IsEmpty => Exists && Able == 0;

    internal bool IsLike(ServingMoment other) => Exists == other.Exists && Targets.SequenceEqual(other.Targets);
}

/// <summary>A target at a moment.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="State">Its health, in the load balancer's words.</param>
/// <param name="Answers">Whether something listens there and lets the load balancer in.</param>
/// <param name="IsRight">Whether the database is there, in the role that the group is for.</param>
public sealed record ServingTarget(IPAddress Address, int Port, string State, bool Answers, bool IsRight)
{
    /// <summary>It gets new connections; one that drains does not.</summary>
    public bool IsRegistered => State != TargetHealth.Draining.State;

    /// <summary>
    /// Who is sent there reaches the database. One that was not checked yet counts: where no target is healthy, a load balancer sends
    /// to all of them (User Guide for Network Load Balancers, "Health checks for target groups").
    /// </summary>
    public bool IsAble => IsRegistered && Answers && IsRight;

    /// <summary>Who is sent there reaches something else, such as a cluster's former writer, which has become a reader.</summary>
    public bool IsMisleading => IsRegistered && Answers && !IsRight;
}
