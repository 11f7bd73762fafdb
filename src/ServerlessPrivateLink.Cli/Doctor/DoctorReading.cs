using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Probing;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Provisioning.Planning;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Gathers what the checks look at: by reading, and by the two functions inside the VPC, where the caller may invoke them.</summary>
/// <param name="session">The stack and who asks.</param>
/// <param name="stop">Ends it.</param>
internal sealed class DoctorReading(StackSession session, CancellationToken stop)
{
    private readonly List<string> skipped = [];
    private readonly NetworkSurvey survey = new(session.Aws.Ec2, stop);
    private readonly LinkInspection inspection = new(session.Aws, session.Stack.Name);

    /// <summary>What was left out, and why.</summary>
    public ImmutableArray<string> Skipped => [.. skipped];

    /// <param name="name">The link.</param>
    /// <param name="consumerZones">As a person gave them.</param>
    /// <exception cref="UnknownNameException">The stack has no such link.</exception>
    public async Task<DoctorFacts> ReadAsync(string name, ImmutableArray<string> consumerZones)
    {
        var names = await inspection.LinksAsync();
        if (!names.Contains(name, StringComparer.Ordinal))
            throw new UnknownNameException("LINK", name, $"a link of the stack {session.Stack.Name}", names);

        var link = await inspection.ReadAsync(name);
        var databases = await DatabasesAsync(link);
        var balancer = link.LoadBalancer is { } fact ? await BalancerAsync(fact, link) : null;
        var groupIds = databases.SelectMany(static database => database.Rds?.SecurityGroupIds ?? []).Concat(balancer?.GroupIds ?? []);
        var network = await survey.ReadAsync(link.TargetGroups.Select(static group => group.VpcId).FirstOrDefault() ?? "", link.Subnets, [.. groupIds.Distinct(StringComparer.Ordinal)]);
        return new(name, link.Service, balancer, await ProbedAsync(name, balancer, await ResolvedAsync(databases)), network, consumerZones);
    }

    private async Task<ExaminedBalancer> BalancerAsync(LoadBalancerFact fact, LinkFacts link)
    {
        var described = (await session.Aws.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { LoadBalancerArns = [fact.Arn] }, stop)).LoadBalancers[0];
        var ports = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var (arn, tags) in await inspection.TagsAsync([.. fact.Listeners.Select(static listener => listener.Arn)]))
        {
            if (int.TryParse(tags.GetValueOrDefault(ResourceTags.Port), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
                ports[arn] = port;
        }

        return new(fact, [.. described.SecurityGroups ?? []], await survey.NodesAsync(fact.Arn, link.Subnets), ports.ToImmutable());
    }

    private async Task<ImmutableArray<ExaminedDatabase>> DatabasesAsync(LinkFacts link)
    {
        var groups = link.TargetGroups.Where(static group => group.Database is not null).Select(static group => (Fact: group, Tags: SyncedGroup.Read(group.Arn, group.Tags))).ToImmutableArray();
        var asked = groups.Select(static group => new Database(group.Tags.Kind, group.Tags.Cluster ?? group.Tags.Database, group.Tags.Port, null, [], IgnoreConnectErrors: false, group.Tags.KeepsStandby)).ToImmutableArray();
        var found = await new DatabaseReading(session.Aws.Rds, stop).ReadAsync(asked);
        return
        [
            .. groups.Select((group, at) => new ExaminedDatabase(
                group.Tags.Database,
                group.Tags.Kind,
                group.Fact,
                group.Tags.Host,
                link.LoadBalancer?.Listeners.FirstOrDefault(listener => listener.TargetGroupArn == group.Fact.Arn),
                found[at] as FoundDatabase.Rds,
                [.. group.Fact.Targets.Where(static target => target.Health != "draining").Select(target => new ExaminedTarget(target, NetworkSurvey.PlaceOf(IPAddress.Parse(target.Address), link.Subnets)))],
                Answer: null,
                [],
                [],
                Probe: null)),
        ];
    }

    private async Task<ImmutableArray<ExaminedDatabase>> ResolvedAsync(ImmutableArray<ExaminedDatabase> databases)
    {
        ImmutableArray<string> hosts = [.. databases.SelectMany(Hosts).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (hosts.IsEmpty) return databases;
        if (await InvokedAsync<ResolveAddressesInput, ResolveAddressesOutput>(nameof(ResolveAddresses), new([], [], hosts), "names, as they are inside the VPC") is not { } output) return databases;

        var answers = output.Answers.ToImmutableDictionary(static answer => answer.Host, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. databases.Select(database => database with
            {
                Answer = database.Host is { } host ? answers.GetValueOrDefault(host) : null,
                Writers = AddressesOf(database, isWriter: true),
                Readers = AddressesOf(database, isWriter: false),
            }),
        ];

        ImmutableArray<string> AddressesOf(ExaminedDatabase database, bool isWriter) =>
            [.. (database.Rds?.Instances ?? []).Where(one => one.IsWriter == isWriter && one.Host is not null).SelectMany(one => answers.GetValueOrDefault(one.Host!)?.Addresses ?? [])];
    }

    private static IEnumerable<string> Hosts(ExaminedDatabase database) =>
        database.Host is { } host ? [host] : (database.Rds?.Instances ?? []).Select(static instance => instance.Host).OfType<string>();

    private async Task<ImmutableArray<ExaminedDatabase>> ProbedAsync(string link, ExaminedBalancer? balancer, ImmutableArray<ExaminedDatabase> databases)
    {
        var listeners = databases.Where(static database => database.Listener is not null).Select(static database => new ProbedListener(
            database.Name,
            database.Listener!.Port,
            database.Rds is { } rds ? DatabaseProtocols.OfEngine(rds.Engine) : DatabaseProtocols.OfPort(database.Group.Port))).ToImmutableArray();
        if (balancer is null || listeners.IsEmpty) return databases;
        if (await InvokedAsync<ProbeDatabaseInput, ProbeDatabaseOutput>(nameof(ProbeDatabase), new(link, balancer.Fact.Arn, listeners), "the probe from inside the VPC") is not { } output) return databases;

        return [.. databases.Select(database => database with { Probe = output.Probes.FirstOrDefault(probe => probe.Database == database.Name) })];
    }

    private async Task<TOutput?> InvokedAsync<TInput, TOutput>(string function, TInput input, string what)
        where TOutput : class
    {
        try
        {
            return await session.InvokeAsync<TInput, TOutput>(function, input, stop);
        }
        catch (AmazonLambdaException refusal) when (refusal.ErrorCode is "AccessDeniedException")
        {
            skipped.Add($"{what}: {session.Who} may not invoke {function}.");
        }
        catch (FunctionFailedException failed)
        {
            skipped.Add($"{what}: {failed.Message}");
        }

        return null;
    }
}
