using System.Collections.Immutable;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Connections to services: looked at, accepted, rejected by the provider.</summary>
internal sealed class ConnectionCalls(Ec2State ec2)
{
    public IEnumerable<Operation> All =>
    [
        Connections.In(ec2),
        Operation.Writes("AcceptVpcEndpointConnections", call => Decide(call, Accept)),
        Operation.Writes("RejectVpcEndpointConnections", call => Decide(call, Reject)),
    ];

    private Listing<EndpointConnection> Connections => new(
        "DescribeVpcEndpointConnections",
        "vpcEndpointConnectionSet",
        null,
        "InvalidVpcEndpointId.NotFound",
        "vpcEndpoint ID",
        new(static connection => connection.Tags)
        {
            { "ip-address-type", static _ => "ipv4" },
            { "service-id", static connection => connection.Service.Id },
            { "vpc-endpoint-id", static connection => connection.EndpointId },
            { "vpc-endpoint-owner", static connection => connection.OwnerId },
            { "vpc-endpoint-region", static connection => connection.Region },
            { "vpc-endpoint-state", connection => connection.StateAt(ec2.Now) },
        },
        Write);

    private IEnumerable<XElement?> Write(EndpointConnection connection) =>
    [
        Xml.Of("serviceId", connection.Service.Id),
        Xml.Of("vpcEndpointId", connection.EndpointId),
        Xml.Of("vpcEndpointOwner", connection.OwnerId),
        Xml.Of("vpcEndpointState", connection.StateAt(ec2.Now)),
        Xml.Of("creationTimestamp", connection.CreatedAt),
        Xml.List("dnsEntrySet", "item", DnsNames(connection), name => [Xml.Of("dnsName", name), Xml.Of("hostedZoneId", "Z1LOCALVPCE")]),
        Xml.Texts("networkLoadBalancerArnSet", "item", connection.Service.LoadBalancerArns),
        Xml.Of("ipAddressType", "ipv4"),
        Xml.Of("vpcEndpointConnectionId", connection.Id),
        Ec2Xml.TagSet(connection.Tags),
        Xml.Of("vpcEndpointRegion", connection.Region),
    ];

    private static IEnumerable<string> DnsNames(EndpointConnection connection)
    {
        var stem = $"{connection.EndpointId}-{connection.Id[^8..]}";
        var rest = $".{connection.Service.Id}.{connection.Region}.vpce.amazonaws.com";
        return [stem + rest, .. connection.Service.Zones.Keys.Select(zone => $"{stem}-{zone}{rest}")];
    }

    private Answer Decide(ApiCall call, Func<EndpointConnection, AwsErrorException?> act)
    {
        var serviceId = call.Form.Required("ServiceId");
        var ids = call.Form.Texts("VpcEndpointId");
        call.DemandOn(ec2, "vpc-endpoint-service", serviceId);
        call.StopIfDryRun();
        if (ids.IsEmpty)
            throw new AwsErrorException("MissingParameter", "The request must contain the parameter VpcEndpointId");
        if (ec2.Find<EndpointService>(serviceId) is not { } service)
            throw new AwsErrorException("InvalidVpcEndpointServiceId.NotFound", $"The VpcEndpointService Id '{serviceId}' does not exist");
        var failures = ids.Select(id => (Id: id, Error: ActOn(service, id, act))).Where(outcome => outcome.Error is not null).ToImmutableArray();
        return Answer.Of(Ec2Xml.Unsuccessful(failures.Select(failure => (failure.Id, failure.Error!))));
    }

    private AwsErrorException? ActOn(EndpointService service, string endpointId, Func<EndpointConnection, AwsErrorException?> act)
    {
        var found = ec2.All<EndpointConnection>().FirstOrDefault(connection => connection.Service == service && connection.EndpointId == endpointId);
        return found is null ? new("InvalidVpcEndpointId.NotFound", $"The vpcEndpoint ID '{endpointId}' does not exist") : act(found);
    }

    private AwsErrorException? Accept(EndpointConnection connection)
    {
        if (connection.StateAt(ec2.Now) is "deleting" or "deleted")
            return InvalidState(connection);
        ec2.Services.Accept(connection);
        return null;
    }

    private AwsErrorException? Reject(EndpointConnection connection)
    {
        if (connection.StateAt(ec2.Now) is "deleting" or "deleted")
            return InvalidState(connection);
        ec2.Services.Reject(connection);
        return null;
    }

    private AwsErrorException InvalidState(EndpointConnection connection) =>
        new("InvalidState", $"The VPC endpoint connection of {connection.EndpointId} is in the state {connection.StateAt(ec2.Now)}");
}
