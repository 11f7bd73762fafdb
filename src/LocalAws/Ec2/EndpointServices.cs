using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.LoadBalancing;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>The account's endpoint services and what consumers do with them.</summary>
public sealed class EndpointServices
{
    private static readonly TimeSpan SoonestSettled = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LatestSettled = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ZoneKnownAfter = TimeSpan.FromMinutes(2);

    private readonly Ec2State ec2;

    internal EndpointServices(Ec2State ec2) => this.ec2 = ec2;

    /// <summary>Requests that carried a client token, and what they made.</summary>
    internal ClientTokens Tokens { get; } = new();

    /// <summary>Whether notifications get lost on their way to the topic.</summary>
    public bool IsMute { get; set; }

    /// <summary>Accounts, roles and users that do not exist; of all others it is not known here, and they are taken for real.</summary>
    public ISet<string> Strangers { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The service that a load balancer belongs to, until it is deleted; null: none.</summary>
    public EndpointService? UserOf(string loadBalancerArn) => ec2.All<EndpointService>()
        .FirstOrDefault(service => service.StateAt(ec2.Now) != "Deleted" && service.LoadBalancerArns.Contains(loadBalancerArn, StringComparer.Ordinal));

    /// <summary>Whether a consumer may ask for a connection.</summary>
    /// <param name="service">To what.</param>
    /// <param name="accountId">The consumer's account.</param>
    /// <param name="principalArn">Who asks; null: somebody of the account.</param>
    public bool Admits(EndpointService service, string accountId, string? principalArn) => ec2.All<ServicePermission>()
        .Where(permission => permission.Service == service)
        .Any(permission => permission.PrincipalType switch
        {
            "All" => true,
            "Account" => permission.Principal.Split(':')[4] == accountId,
            _ => permission.Principal == principalArn,
        });

    /// <summary>A consumer creates an interface endpoint for a service.</summary>
    /// <param name="serviceName">The service's name.</param>
    /// <param name="accountId">The consumer's account.</param>
    /// <param name="principalArn">Who asks; null: somebody of the account.</param>
    /// <param name="region">The consumer's Region; null: the service's own.</param>
    /// <param name="zoneIds">The zones of the subnets that the endpoint shall stand in, such as <c>euc1-az2</c>; null: it is not said.</param>
    /// <exception cref="AwsErrorException">
    /// <c>InvalidServiceName</c>: not for this consumer. <c>InvalidParameter</c>: the service has no such zone (as in github.com/aws/aws-sdk-go-v2,
    /// issue 1024). <c>DuplicateSubnetsInSameZone</c>.
    /// </exception>
    public EndpointConnection Connect(string serviceName, string accountId, string? principalArn = null, string? region = null, IReadOnlyCollection<string>? zoneIds = null)
    {
        var from = region ?? ec2.Cloud.Options.Region;
        var service = ec2.All<EndpointService>().FirstOrDefault(service => service.Name == serviceName && service.DeletingSince is null);
        var isReachable = from == ec2.Cloud.Options.Region || service?.ForeignRegions.Contains(from) is true;
        if (service is null || !isReachable || !Admits(service, accountId, principalArn))
            throw new AwsErrorException("InvalidServiceName", $"The Vpc Endpoint Service '{serviceName}' does not exist");
        if (from == ec2.Cloud.Options.Region)
            CheckZones(service, zoneIds ?? []);
        var made = ec2.Add(new EndpointConnection(ec2.Cloud.Chance.Id("vpce-con"), ec2.Cloud.Chance.Id("vpce"), service, accountId, from, ec2.Now));
        Notify(made, "Connect");
        if (!service.AcceptanceRequired)
            Accept(made);
        return made;
    }

    /// <summary>A consumer deletes its endpoint: only the consumer can. Another one gets another id.</summary>
    public void Disconnect(EndpointConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Answer is ConnectionAnswer.Deleted)
            return;
        connection.Answer = ConnectionAnswer.Deleted;
        connection.SettlesAt = ec2.Now + Settling();
        connection.HiddenAt = connection.SettlesAt + Settling();
        Notify(connection, "Delete");
    }

    internal void Accept(EndpointConnection connection)
    {
        if (connection.Answer is ConnectionAnswer.Accepted)
            return;
        connection.Answer = ConnectionAnswer.Accepted;
        connection.AnsweredAt = ec2.Now;
        connection.SettlesAt = ec2.Now + Settling();
        Notify(connection, "Accept");
    }

    internal void Reject(EndpointConnection connection)
    {
        if (connection.Answer is ConnectionAnswer.Rejected)
            return;
        connection.Answer = ConnectionAnswer.Rejected;
        connection.AnsweredAt = ec2.Now;
        Notify(connection, "Reject");
    }

    internal void Delete(EndpointService service)
    {
        service.DeletingSince = ec2.Now;
        service.DeletedAt = ec2.Now + Settling();
        service.HiddenAt = service.DeletedAt + Settling();
    }

    /// <summary>
    /// The zones of load balancers, by name, with their ids. A zone that a load balancer gained later is taken up by a change of the service,
    /// and not before some minutes have passed (AWS PrivateLink Guide: "Configure an endpoint service", load balancers).
    /// </summary>
    /// <param name="loadBalancerArns">The load balancers.</param>
    /// <param name="before">The zones that the service has; null: it is new.</param>
    internal ImmutableSortedDictionary<string, string> ZonesOf(IEnumerable<string> loadBalancerArns, ImmutableSortedDictionary<string, string>? before = null) => loadBalancerArns
        .Select(arn => ec2.Cloud.LoadBalancing.Find<LoadBalancer>(arn))
        .OfType<LoadBalancer>()
        .SelectMany(one => one.Nodes)
        .Where(node => before?.ContainsKey(node.Subnet.Zone) is not false || node.EnabledAt + ZoneKnownAfter <= ec2.Now)
        .DistinctBy(node => node.Subnet.Zone, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(node => node.Subnet.Zone, node => node.Subnet.ZoneId, StringComparer.Ordinal);

    private void CheckZones(EndpointService service, IReadOnlyCollection<string> zoneIds)
    {
        if (zoneIds.Any(zone => !service.Zones.ContainsValue(zone)))
            throw new AwsErrorException("InvalidParameter", $"The VPC endpoint service {service.Name} does not support the availability zone of the subnet: {ec2.Cloud.Chance.Id("subnet")}.");
        if (zoneIds.Distinct(StringComparer.Ordinal).Count() < zoneIds.Count)
            throw new AwsErrorException("DuplicateSubnetsInSameZone", $"Found another VPC endpoint subnet in the availability zone of {ec2.Cloud.Chance.Id("subnet")}");
    }

    private TimeSpan Settling() => ec2.Cloud.Chance.Between(SoonestSettled, LatestSettled);

    /// <summary>The body of such a message is documented nowhere: only that one is published is relied upon.</summary>
    private void Notify(EndpointConnection connection, string what)
    {
        var body = new JsonObject
        {
            ["event"] = what,
            ["vpcEndpointId"] = connection.EndpointId,
            ["vpcEndpointServiceId"] = connection.Service.Id,
        };
        foreach (var notification in ec2.All<ConnectionNotification>().Where(one => !IsMute && one.Service == connection.Service && one.Events.Contains(what, StringComparer.Ordinal)).ToList())
            ec2.Cloud.Sns.PublishAs("vpce.amazonaws.com", ec2.Arn(connection.Service.Kind, connection.Service.Id), notification.TopicArn, body.ToJsonString());
    }
}
