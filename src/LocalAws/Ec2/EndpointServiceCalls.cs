using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.LoadBalancing;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Endpoint services: created, looked at, changed, deleted by their provider.</summary>
internal sealed partial class EndpointServiceCalls(Ec2State ec2)
{
    private EndpointServices Services => ec2.Services;

    public IEnumerable<Operation> All =>
    [
        Configurations.In(ec2),
        Operation.Writes("CreateVpcEndpointServiceConfiguration", Create),
        Operation.Writes("ModifyVpcEndpointServiceConfiguration", Modify),
        Operation.Writes("DeleteVpcEndpointServiceConfigurations", Delete),
    ];

    private Listing<EndpointService> Configurations => new(
        "DescribeVpcEndpointServiceConfigurations",
        "serviceConfigurationSet",
        "ServiceId",
        "InvalidVpcEndpointServiceId.NotFound",
        "VpcEndpointService Id",
        new(static service => service.Tags)
        {
            { "service-name", static service => service.Name },
            { "service-id", static service => service.Id },
            { "service-state", service => service.StateAt(ec2.Now) },
            { "supported-ip-address-types", static service => service.IpAddressTypes },
            { "supported-region", service => service.ForeignRegions.Add(ec2.Cloud.Options.Region) },
        },
        Write);

    private Answer Create(ApiCall call)
    {
        var form = call.Form;
        var tags = TagRules.Specified(form, "vpc-endpoint-service");
        var foreign = Foreign(form, "SupportedRegion");
        call.DemandCreate(ec2, "vpc-endpoint-service", tags, ConditionKeys.None.With("ec2:VpceMultiRegion", foreign.IsEmpty ? "false" : "true").With("ec2:VpceServicePrivateDnsName", form.Text("PrivateDnsName")));
        DemandMultiRegion(call, "*", foreign);
        call.StopIfDryRun();
        if (Services.Tokens.Find<EndpointService>(call) is { } before)
            return AnswerOne(before, form.Text("ClientToken"));
        var arns = form.Texts("NetworkLoadBalancerArn");
        if (arns.IsEmpty)
            throw new AwsErrorException("MissingParameter", "Either gateway or network load balancer ARNs must be specified");
        CheckLoadBalancers(arns, foreign);
        var id = ec2.Cloud.Chance.Id("vpce-svc");
        var made = ec2.AddNew(new EndpointService(id, $"com.amazonaws.vpce.{ec2.Cloud.Options.Region}.{id}", ec2.Now)
        {
            Tags = tags,
            AcceptanceRequired = form.Flag("AcceptanceRequired") ?? true,
            LoadBalancerArns = arns,
            Zones = Services.ZonesOf(arns),
            ForeignRegions = foreign,
            IpAddressTypes = IpTypes(form.Texts("SupportedIpAddressType"), arns),
            PrivateDnsName = form.Text("PrivateDnsName"),
        });
        Services.Tokens.Remember(call, made);
        return AnswerOne(made, form.Text("ClientToken"));
    }

    private Answer Modify(ApiCall call)
    {
        var form = call.Form;
        var id = form.Required("ServiceId");
        var added = Foreign(form, "AddSupportedRegion");
        call.DemandOn(ec2, "vpc-endpoint-service", id);
        DemandMultiRegion(call, id, added);
        call.StopIfDryRun();
        var service = Find(id);
        var removedArns = form.Texts("RemoveNetworkLoadBalancerArn");
        var addedArns = form.Texts("AddNetworkLoadBalancerArn");
        if (!removedArns.IsEmpty && ec2.All<EndpointConnection>().Any(connection => connection.Service == service && connection.IsLiveAt(ec2.Now)))
            throw new AwsErrorException("ExistingVpcEndpointConnections", "Load balancers cannot be removed while the service has existing active VPC Endpoint connections!");
        ImmutableArray<string> arns = [.. service.LoadBalancerArns.Except(removedArns, StringComparer.Ordinal).Union(addedArns, StringComparer.Ordinal)];
        var foreign = service.ForeignRegions.Union(added).Except(form.Texts("RemoveSupportedRegion"));
        CheckLoadBalancers([.. addedArns.Except(service.LoadBalancerArns, StringComparer.Ordinal)], foreign);
        if (arns.IsEmpty)
            throw new AwsErrorException("InvalidParameter", "A VPC Endpoint Service must have at least one load balancer");
        service.LoadBalancerArns = arns;
        service.Zones = Services.ZonesOf(arns, service.Zones);
        service.ForeignRegions = foreign;
        service.AcceptanceRequired = form.Flag("AcceptanceRequired") ?? service.AcceptanceRequired;
        service.IpAddressTypes = IpTypes([.. service.IpAddressTypes.Union(form.Texts("AddSupportedIpAddressType")).Except(form.Texts("RemoveSupportedIpAddressType"))], arns);
        service.PrivateDnsName = form.Flag("RemovePrivateDnsName") is true ? null : form.Text("PrivateDnsName") ?? service.PrivateDnsName;
        return Ec2Xml.Done;
    }

    private Answer Delete(ApiCall call)
    {
        var ids = call.Form.Texts("ServiceId");
        if (ids.IsEmpty)
            throw new AwsErrorException("MissingParameter", "The request must contain the parameter ServiceId");
        foreach (var id in ids)
            call.DemandOn(ec2, "vpc-endpoint-service", id);
        call.StopIfDryRun();
        var failures = ids.Select(id => (Id: id, Error: DeleteOne(id))).Where(outcome => outcome.Error is not null).ToImmutableArray();
        return Answer.Of(Ec2Xml.Unsuccessful(failures.Select(failure => (failure.Id, failure.Error!))));
    }

    private AwsErrorException? DeleteOne(string id)
    {
        if (ec2.FindShown<EndpointService>(id) is not { DeletingSince: null } service)
            return new("InvalidVpcEndpointService.NotFound", $"The VpcEndpointService Id '{id}' does not exist");
        if (ec2.All<EndpointConnection>().Any(connection => connection.Service == service && connection.IsLiveAt(ec2.Now)))
            return new("ExistingVpcEndpointConnections", "Service has existing active VPC Endpoint connections!");
        Services.Delete(service);
        return null;
    }

    private EndpointService Find(string id) => ec2.FindShown<EndpointService>(id) is { DeletingSince: null } found ? found : throw Configurations.NotFound(id);

    private ImmutableSortedSet<string> Foreign(Form form, string parameter)
    {
        var regions = form.Texts(parameter);
        if (regions.FirstOrDefault(region => !RegionForm().IsMatch(region)) is { } wrong)
            throw new AwsErrorException("InvalidParameter", $"The region '{wrong}' is not valid");
        return [.. regions.Where(region => region != ec2.Cloud.Options.Region)];
    }

    /// <summary>Other Regions need a permission of their own (AWS PrivateLink Guide: "Share your services", cross-Region access).</summary>
    private void DemandMultiRegion(ApiCall call, string id, ImmutableSortedSet<string> foreign)
    {
        if (!foreign.IsEmpty)
            call.DemandAction("vpce:AllowMultiRegion", ec2.Arn("vpc-endpoint-service", id), ec2.KeysOf(ec2.Find<EndpointService>(id)).With("ec2:VpceSupportedRegion", foreign));
    }

    private void CheckLoadBalancers(ImmutableArray<string> arns, ImmutableSortedSet<string> foreign)
    {
        foreach (var arn in arns)
        {
            if (ec2.Cloud.LoadBalancing.Find<LoadBalancer>(arn) is not { } one)
                throw new AwsErrorException("InvalidParameter", $"Invalid load balancer ARN: {arn}");
            if (one.StateAt(ec2.Now) != "active")
                throw new AwsErrorException("InvalidParameter", $"The load balancer {arn} is in the state {one.StateAt(ec2.Now)}; it must be active");
            if (Services.UserOf(arn) is not null)
                throw new AwsErrorException("InvalidParameter", "LBs are already associated with another VPC Endpoint Service Configuration");
            if (!foreign.IsEmpty && HasOwnIdleTimeout(one))
                throw new AwsErrorException("InvalidParameter", $"Cross-Region access is not supported for the load balancer {arn}, which has a custom TCP idle timeout");
        }
    }

    private bool HasOwnIdleTimeout(LoadBalancer one) => ec2.Cloud.LoadBalancing.All<Listener>()
        .Any(listener => listener.LoadBalancer == one && listener.Attributes["tcp.idle_timeout.seconds"] != "350");

    private ImmutableSortedSet<string> IpTypes(ImmutableArray<string> wanted, ImmutableArray<string> arns)
    {
        if (wanted.FirstOrDefault(type => type is not ("ipv4" or "ipv6")) is { } wrong)
            throw new AwsErrorException("InvalidParameter", $"The IP address type '{wrong}' is not valid");
        if (wanted.Contains("ipv6", StringComparer.Ordinal) && arns.Any(arn => ec2.Cloud.LoadBalancing.Find<LoadBalancer>(arn)?.Settings.IpAddressType != "dualstack"))
            throw new AwsErrorException("InvalidParameter", "The IP address type ipv6 needs load balancers of the IP address type dualstack");
        return wanted.IsEmpty ? ["ipv4"] : [.. wanted];
    }

    private Answer AnswerOne(EndpointService service, string? token) =>
        Answer.Of(Xml.Node("serviceConfiguration", Write(service)), Xml.Of("clientToken", token));

    private IEnumerable<XElement?> Write(EndpointService service) =>
    [
        Xml.List("serviceType", "item", ["Interface"], type => [Xml.Of("serviceType", type)]),
        Xml.Of("serviceId", service.Id),
        Xml.Of("serviceName", service.Name),
        Xml.Of("serviceState", service.StateAt(ec2.Now)),
        Xml.Texts("availabilityZoneIdSet", "item", service.Zones.Values),
        Xml.Texts("availabilityZoneSet", "item", service.Zones.Keys),
        Xml.Of("acceptanceRequired", service.AcceptanceRequired),
        Xml.Of("managesVpcEndpoints", false),
        Xml.Texts("networkLoadBalancerArnSet", "item", service.LoadBalancerArns),
        Xml.Texts("supportedIpAddressTypeSet", "item", service.IpAddressTypes),
        Xml.Texts("baseEndpointDnsNameSet", "item", [$"{service.Id}.{ec2.Cloud.Options.Region}.vpce.amazonaws.com"]),
        Xml.Of("privateDnsName", service.PrivateDnsName),
        Ec2Xml.TagSet(service.Tags),
        Xml.List("supportedRegionSet", "item", service.ForeignRegions.Add(ec2.Cloud.Options.Region), region => [Xml.Of("region", region), Xml.Of("serviceState", service.StateAt(ec2.Now))]),
    ];

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionForm();
}
