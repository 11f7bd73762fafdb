using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Connections;

/// <summary>The endpoint service of one of the stack's links.</summary>
public sealed record LinkService(string Id, Owner Link);

/// <summary>Reads endpoint services and their connections.</summary>
public static class ConnectionReads
{
    // EC2 takes 200 values in one filter ("Filter", Amazon EC2 API Reference).
    private const int MostValues = 200;

    public static async Task<ImmutableArray<LinkService>> ServicesOfAsync(this IAmazonEC2 ec2, string stack, CancellationToken token) =>
    [
        .. from service in await ec2.EndpointServicesAsync(token)
           let tags = service.Tags.Read()
           where tags.GetValueOrDefault(ResourceTags.Stack) == stack && service.ServiceState != ServiceState.Deleting && service.ServiceState != ServiceState.Deleted
           select new LinkService(service.ServiceId, new(stack, tags.GetValueOrDefault(ResourceTags.Link, ""))),
    ];

    /// <summary>The connections of services, by service.</summary>
    public static async Task<ILookup<string, Connection>> ConnectionsOfAsync(this IAmazonEC2 ec2, ImmutableArray<LinkService> services, string region, CancellationToken token)
    {
        var found = new List<VpcEndpointConnection>();
        foreach (var some in services.Chunk(MostValues)) found.AddRange(await ec2.ConnectionsAsync([Ec2Reads.Filter("service-id", some.Select(static service => service.Id))], token));
        return found.ToLookup(static connection => connection.ServiceId, connection => Read(connection, region), StringComparer.Ordinal);
    }

    /// <summary>A connection as it is now; null: EC2 shows it no more.</summary>
    public static async Task<Connection?> ConnectionAsync(this IAmazonEC2 ec2, string serviceId, string endpointId, string region, CancellationToken token) =>
        (await ec2.ConnectionsAsync([Ec2Reads.Filter("service-id", serviceId), Ec2Reads.Filter("vpc-endpoint-id", endpointId)], token))
        .Select(connection => Read(connection, region)).FirstOrDefault();

    public static async Task<ConsumerRules> RulesAsync(this IAmazonEC2 ec2, LinkService service, CancellationToken token) => ConsumerRules.Of(
        service.Link,
        [.. (await ec2.AllowedPrincipalsAsync(service.Id, token)).Select(static allowed => new FoundPermission(allowed.Principal, allowed.ServicePermissionId, allowed.Tags.Read()))]);

    // Before endpoints could reach across Regions, EC2 did not say where one stands: such a one stands here.
    private static Connection Read(VpcEndpointConnection connection, string region) => new(
        connection.VpcEndpointConnectionId ?? "",
        connection.VpcEndpointId,
        connection.VpcEndpointOwner ?? "",
        connection.VpcEndpointRegion is { Length: > 0 } from ? from : region,
        ConnectionPhases.Read(connection.VpcEndpointState?.Value),
        connection.CreationTimestamp is { } created ? new(created.ToUniversalTime()) : default,
        ConnectionNotes.Read(connection.Tags.Read()));
}
