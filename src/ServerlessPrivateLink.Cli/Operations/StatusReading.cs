using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Connections;
using ServerlessPrivateLink.Cli.Costs;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary>Reads how links stand, with calls that change nothing.</summary>
/// <param name="session">The stack and its looker-on.</param>
/// <param name="clock">Today.</param>
internal sealed class StatusReading(StackSession session, TimeProvider clock)
{
    private const string Available = "Available";
    private const string Active = "active";
    private const string Healthy = "healthy";

    private readonly LinkInspection inspection = new(session.Aws, session.Stack.Name);

    /// <param name="link">The one link; null: all.</param>
    /// <param name="withUpkeep">Whether the stack's alarms and its last sync are read as well.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="UnknownNameException">The stack has no such link.</exception>
    public async Task<StatusReport> ReadAsync(string? link, bool withUpkeep, CancellationToken stop)
    {
        var links = ImmutableArray.CreateBuilder<LinkStatus>();
        foreach (var name in await NamesAsync(link))
            links.Add(await ReadOneAsync(name, stop));
        return new(session.Stack.Name, session.Stack.AccountId, session.Stack.Region, links.ToImmutable(), withUpkeep ? await new UpkeepReading(session, clock).ReadAsync(stop) : null);
    }

    /// <summary>What a consumer needs of a link.</summary>
    /// <exception cref="UnknownNameException">The stack has no such link.</exception>
    /// <exception cref="LinkNotBuiltException">It has no service yet.</exception>
    public async Task<SharedReport> ShareAsync(string link)
    {
        await NamesAsync(link);
        return Resources.VendorSheet(await inspection.ReadAsync(link), session.Stack.Region, session.Stack.AccountId) is { } sheet
            ? SharedReport.Of(link, sheet)
            : throw new LinkNotBuiltException(link);
    }

    private async Task<ImmutableArray<string>> NamesAsync(string? link)
    {
        var names = await inspection.LinksAsync();
        if (link is null)
            return names;
        return names.Contains(link, StringComparer.Ordinal) ? [link] : throw new UnknownNameException("LINK", link, $"a link of the stack {session.Stack.Name}", names);
    }

    private async Task<LinkStatus> ReadOneAsync(string link, CancellationToken stop)
    {
        var facts = await inspection.ReadAsync(link);
        ImmutableArray<DatabaseStatus> databases = [.. facts.TargetGroups.Select(group => DatabaseOf(facts, group)).OrderBy(static one => one.ListenerPort ?? int.MaxValue)];
        var connections = facts.Service is null ? [] : await ConnectionsCommand.ReadAsync(session, link, clock, stop);
        var (broken, toSee) = (Broken(facts, databases).ToImmutableArray(), ToSee(facts, databases, connections));
        return new(
            link,
            broken.IsEmpty,
            [.. broken, .. toSee],
            facts.Service is { } service ? new(service.ServiceId, service.ServiceName, service.State, [.. service.Regions.Where(region => region != session.Stack.Region)], [.. service.Principals.Select(static one => one.Principal)]) : null,
            facts.LoadBalancer is { } balancer ? new(balancer.Name, balancer.State, ZoneIds(facts, balancer)) : null,
            databases,
            connections,
            facts.LoadBalancer is { } paid ? CostEstimate.For(new(session.Stack.Region, paid.Zones.Length, 0, 0, 0, CostAssumptions.Usual with { RunsPerMonth = 0 })).Total : null);
    }

    private static DatabaseStatus DatabaseOf(LinkFacts facts, TargetGroupFact group) => new(
        group.Database ?? group.Name,
        facts.LoadBalancer?.Listeners.FirstOrDefault(listener => listener.TargetGroupArn == group.Arn)?.Port,
        [.. group.Targets.Select(static target => new TargetStatus(target.Address, target.Port, target.Health, target.Health == Healthy ? null : target.Why))],
        Sighting.Read(group.Tags)?.Since,
        Told.Read(group.Tags.GetValueOrDefault(ResourceTags.Told)) is { } told
            ? $"{told.Mood}{(told.Rule is { } rule ? $" ({rule})" : "")}, {Instant.Text(told.At)}"
            : null);

    private static ImmutableArray<string> ZoneIds(LinkFacts facts, LoadBalancerFact balancer) =>
        [.. balancer.Zones.Select(zone => facts.Subnets.FirstOrDefault(subnet => subnet.SubnetId == zone.SubnetId)?.ZoneId ?? zone.Zone).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Broken(LinkFacts facts, ImmutableArray<DatabaseStatus> databases)
    {
        if (facts.Service is not { } service)
            yield return "It has no endpoint service.";
        else if (service.State != Available)
            yield return $"Its endpoint service is {service.State}.";
        if (facts.LoadBalancer is not { } balancer)
            yield return "It has no load balancer.";
        else if (balancer.State != Active)
            yield return $"Its load balancer is {balancer.State}.";
        if (databases.IsEmpty)
            yield return "It leads to no database.";
        foreach (var database in databases.Where(static one => one.ListenerPort is not null && !one.Targets.Any(static target => target.Health == Healthy)))
            yield return $"No target of {database.Database} is healthy.";
    }

    private static IEnumerable<string> ToSee(LinkFacts facts, ImmutableArray<DatabaseStatus> databases, ImmutableArray<ShownConnection> connections) =>
    [
        .. databases.Where(static one => one.ListenerPort is null).Select(static one => $"No listener leads to {one.Database}."),
        .. from fact in facts.TargetGroups
           let told = Told.Read(fact.Tags.GetValueOrDefault(ResourceTags.Told))
           where told is { Mood: not SyncMood.Following }
           select $"The sync of {fact.Database} says {told.Mood}{(told.Rule is { } rule ? $" ({rule})" : "")}.",
        .. connections.Where(static one => one.Decision == nameof(Verdict.Flag)).Select(static one => $"{one.Endpoint}: {one.Why}"),
    ];
}

/// <summary>There is nothing to share yet.</summary>
public sealed class LinkNotBuiltException(string link)
    : RefusedException($"The link {link} has no endpoint service with a load balancer.", "Build it: privatelink up LINK.json");
