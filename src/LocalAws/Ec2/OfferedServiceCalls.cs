using System.Collections.Immutable;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Services as a consumer sees them: only those that it may connect to.</summary>
internal sealed class OfferedServiceCalls(Ec2State ec2)
{
    private const int LargestPage = 1000;

    private Filters<EndpointService> Filters => new(static service => service.Tags)
    {
        { "owner", _ => ec2.Cloud.Options.AccountId },
        { "service-name", static service => service.Name },
        { "service-region", _ => ec2.Cloud.Options.Region },
        { "service-type", static _ => "Interface" },
        { "supported-ip-address-types", static service => service.IpAddressTypes },
    };

    public IEnumerable<Operation> All => [Operation.Reads("DescribeVpcEndpointServices", Describe)];

    private Answer Describe(ApiCall call)
    {
        call.DemandInRegion("*");
        call.StopIfDryRun();
        var names = call.Form.Texts("ServiceName");
        var offered = ec2.All<EndpointService>()
            .Where(service => service.DeletingSince is null && (call.Caller.AccountId == ec2.Cloud.Options.AccountId || ec2.Services.Admits(service, call.Caller.AccountId, call.Caller.Arn)))
            .ToImmutableArray();
        if (names.FirstOrDefault(name => !offered.Any(service => service.Name == name)) is { } unknown)
            throw new AwsErrorException("InvalidServiceName", $"The Vpc Endpoint Service '{unknown}' does not exist");
        var named = offered.Where(service => names.IsEmpty || names.Contains(service.Name, StringComparer.Ordinal));
        var size = Math.Min(call.Form.Number("MaxResults") ?? LargestPage, LargestPage);
        var page = Page.Of(Filters.Apply(named, call.Form), size, call.Form.Text("NextToken"), () => new("InvalidNextToken", "The token 'NextToken' is invalid."));
        return Answer.Of(
            Xml.Texts("serviceNameSet", "item", page.Items.Select(service => service.Name)),
            Xml.List("serviceDetailSet", "item", page.Items, Write),
            Xml.Of("nextToken", page.Next));
    }

    private IEnumerable<XElement?> Write(EndpointService service) =>
    [
        Xml.Of("serviceName", service.Name),
        Xml.Of("serviceId", service.Id),
        Xml.List("serviceType", "item", ["Interface"], type => [Xml.Of("serviceType", type)]),
        Xml.Of("serviceRegion", ec2.Cloud.Options.Region),
        Xml.Texts("availabilityZoneIdSet", "item", service.Zones.Values),
        Xml.Texts("availabilityZoneSet", "item", service.Zones.Keys),
        Xml.Of("owner", ec2.Cloud.Options.AccountId),
        Xml.Texts("baseEndpointDnsNameSet", "item", [$"{service.Id}.{ec2.Cloud.Options.Region}.vpce.amazonaws.com"]),
        Xml.Of("vpcEndpointPolicySupported", false),
        Xml.Of("acceptanceRequired", service.AcceptanceRequired),
        Xml.Of("managesVpcEndpoints", false),
        Ec2Xml.TagSet(service.Tags),
        Xml.Texts("supportedIpAddressTypeSet", "item", service.IpAddressTypes),
    ];
}
