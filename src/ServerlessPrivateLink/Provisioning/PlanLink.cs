using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Amazon;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.RDS;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.Provisioning;

/// <param name="Document">The link document: the whole input of the execution.</param>
/// <param name="Execution">The execution's ARN; empty: nothing is going to be made.</param>
public sealed record PlanLinkInput(JsonElement Document, string Execution = "");

/// <summary>Checks the document, looks at the account and decides the whole link before anything is created. Reads only.</summary>
public sealed partial class PlanLink(
    IAmazonEC2 ec2,
    IAmazonRDS rds,
    IAmazonElasticLoadBalancingV2 elb,
    StackSettings settings,
    TimeProvider clock,
    ILogger<PlanLink> log)
{
    [LambdaFunction]
    public async Task<LinkPlan> Handle(PlanLinkInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var link = Read(input.Document);
        var decision = LinkDecision.Of(link, await LookAsync(link, deadline.Token), settings);
        if (decision.Plan is not { } plan) throw new LinkRefusedException(decision.Refusals);

        LogPlanned(log, plan.Link, plan.Exposures.Length, plan.Subnets.Length, plan.Consumers.Length, plan.Warnings.Length);
        return plan with { MadeBy = MadeByMark.Of(link.OnFailure, input.Execution) };
    }

    private Link Read(JsonElement document)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var reading = LinkDocument.Read(Encoding.UTF8.GetBytes(document.GetRawText()), settings.Partition, today);
        return reading.Link ?? throw new LinkDocumentInvalidException(reading.Errors);
    }

    private async Task<AccountFacts> LookAsync(Link link, CancellationToken token)
    {
        var databases = await new DatabaseReading(rds, token).ReadAsync(link.Databases);
        var (standing, quotas) = await new StandingReading(ec2, elb, settings, token).ReadAsync(link, databases);
        var (network, found) = (new NetworkReading(ec2, token), databases.OfType<FoundDatabase.Rds>().ToImmutableArray());
        return new(
            await network.VpcAsync(settings.VpcId),
            databases,
            await network.SubnetsAsync(settings.VpcId,
                [.. link.SubnetIds, .. settings.SubnetIds, .. found.SelectMany(static one => one.Places).Select(static place => place.SubnetId), .. standing.Balancer?.SubnetIds ?? []]),
            await network.OtherZonesAsync(),
            await network.SecurityGroupsAsync(found.SelectMany(static one => one.SecurityGroupIds)),
            standing,
            quotas,
            [.. RegionEndpoint.EnumerableAllRegions.Select(static region => region.SystemName)]);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Planned {Link}: {Databases} databases, {Subnets} subnets, {Consumers} consumers, {Warnings} warnings")]
    private static partial void LogPlanned(ILogger logger, string link, int databases, int subnets, int consumers, int warnings);
}
