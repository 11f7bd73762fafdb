using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

/// <param name="Link">The link's name.</param>
/// <param name="LoadBalancerArn">What stands behind the service.</param>
/// <param name="Subnets">The load balancer's, and so the zones that consumers may use.</param>
/// <param name="SupportedRegions">The consumers' Regions other than the service's own.</param>
/// <param name="Execution">The execution's ARN.</param>
/// <param name="MadeBy">The mark of what it makes.</param>
/// <param name="Checks">How often the zones were looked at.</param>
/// <param name="Limit">How often they are looked at in all.</param>
public sealed record EnsureEndpointServiceInput(
    string Link,
    string LoadBalancerArn,
    ImmutableArray<PlannedSubnet> Subnets,
    ImmutableArray<string> SupportedRegions,
    string Execution,
    string MadeBy,
    int Checks,
    int Limit);

public sealed record EnsureEndpointServiceOutput(string ServiceId, string ServiceName, bool ZonesEnabled, int Checks);

public sealed partial class EnsureEndpointService(
    IAmazonEC2 ec2,
    StackSettings settings,
    TimeProvider clock,
    ILogger<EnsureEndpointService> log)
{
    [LambdaFunction]
    public async Task<EnsureEndpointServiceOutput> Handle(EnsureEndpointServiceInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var owner = new Owner(settings.Stack, input.Link);
        var service = await FindAsync(owner, input.LoadBalancerArn, deadline.Token)
            ?? await CreateAsync(owner, input, deadline.Token);
        var plan = EndpointServicePlan.Between(input.SupportedRegions, [.. input.Subnets.Select(static subnet => subnet.Zone)], settings.Region, service);
        await ApplyAsync(service.ServiceId, plan, deadline.Token);
        var checks = input.Checks + 1;
        return new(service.ServiceId, service.ServiceName, ServiceZones.AreEnabled(service.ServiceId, plan.MissingZones, checks, input.Limit), checks);
    }

    private async Task<FoundService?> FindAsync(Owner owner, string loadBalancerArn, CancellationToken token) =>
        EndpointServicePlan.Find(owner, loadBalancerArn, [.. (await ec2.EndpointServicesAsync(token)).Select(Read)]);

    private async Task<FoundService> CreateAsync(Owner owner, EnsureEndpointServiceInput input, CancellationToken token)
    {
        try
        {
            var created = await ec2.CreateVpcEndpointServiceConfigurationAsync(
                new CreateVpcEndpointServiceConfigurationRequest
                {
                    AcceptanceRequired = true,
                    NetworkLoadBalancerArns = [input.LoadBalancerArn],
                    SupportedRegions = input.SupportedRegions.IsEmpty ? null : [.. input.SupportedRegions, settings.Region],
                    ClientToken = ClientToken.For(input.LoadBalancerArn, input.Execution),
                    TagSpecifications = owner.Tags().Marked(input.MadeBy).OnCreate(ResourceType.VpcEndpointService),
                },
                token);
            LogCreated(log, created.ServiceConfiguration.ServiceName);
            return Read(created.ServiceConfiguration);
        }
        catch (AmazonEC2Exception answer) when (answer.ErrorCode == "InvalidParameter")
        {
            // "LBs are already associated with another VPC Endpoint Service Configuration": another run was faster, or an earlier list was stale,
            // and this one may be too. Only a service of this account can have taken a load balancer of it, so a list shows it in the end.
            if (await FindAsync(owner, input.LoadBalancerArn, token) is { } standing) return standing;
            throw answer.Message.Contains("associated", StringComparison.OrdinalIgnoreCase)
                ? new AwsBusyException(nameof(ec2.CreateVpcEndpointServiceConfigurationAsync), answer.Message, answer)
                : new EndpointServiceRefusedException(answer.Message);
        }
    }

    private async Task ApplyAsync(string serviceId, EndpointServicePlan plan, CancellationToken token)
    {
        if (plan.ChangesSettings)
        {
            await ec2.ModifyVpcEndpointServiceConfigurationAsync(
                new ModifyVpcEndpointServiceConfigurationRequest
                {
                    ServiceId = serviceId,
                    AcceptanceRequired = plan.RequireAcceptance ? true : null,
                    AddSupportedRegions = plan.AddRegions.IsEmpty ? null : [.. plan.AddRegions],
                    RemoveSupportedRegions = plan.RemoveRegions.IsEmpty ? null : [.. plan.RemoveRegions],
                },
                token);
        }

        if (!plan.MissingZones.IsEmpty)
        {
            // With nothing but the id the service takes up the zones that its load balancer gained some minutes ago
            // (AWS PrivateLink, "Configure an endpoint service"); whether it did, the next look tells.
            await ec2.ModifyVpcEndpointServiceConfigurationAsync(new ModifyVpcEndpointServiceConfigurationRequest { ServiceId = serviceId }, token);
        }
    }

    private static FoundService Read(ServiceConfiguration service) => new(
        service.ServiceId,
        service.ServiceName,
        service.ServiceState?.Value ?? "",
        [.. service.NetworkLoadBalancerArns ?? []],
        service.AcceptanceRequired ?? false,
        [.. (service.SupportedRegions ?? []).Select(static region => region.Region)],
        [.. service.AvailabilityZones ?? []],
        service.Tags.Read());

    [LoggerMessage(Level = LogLevel.Information, Message = "Created endpoint service {ServiceName}")]
    private static partial void LogCreated(ILogger logger, string serviceName);
}
