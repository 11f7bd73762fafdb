using System.Collections.Immutable;
using System.Net;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Ec2;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Load balancers: created, looked at, deleted.</summary>
internal sealed class LoadBalancerCalls(LoadBalancingState elb)
{
    private static readonly TimeSpan SoonestActive = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan LatestActive = TimeSpan.FromSeconds(140);

    public IEnumerable<Operation> All =>
    [
        Operation.Writes("CreateLoadBalancer", Create),
        Operation.Reads("DescribeLoadBalancers", Describe),
        Operation.Writes("DeleteLoadBalancer", Delete),
    ];

    private Answer Create(ApiCall call)
    {
        var form = call.Form;
        var type = form.Text("Type") ?? "application";
        if (type != "network")
            throw new AwsErrorException("InvalidConfigurationRequest", $"Load balancers of type '{type}' are not imitated here; those of type 'network' are.");
        var tags = ElbNames.Tags(form);
        var wanted = NodePlan.Read(form);
        var settings = new LoadBalancerSettings(
            Name(form),
            OneOf(form.Text("Scheme") ?? "internet-facing", "scheme", "internal", "internet-facing"),
            OneOf(form.Text("IpAddressType") ?? "ipv4", "ipAddressType", "ipv4", "dualstack"),
            [.. wanted.Select(node => node.SubnetId)],
            [.. form.Texts("SecurityGroups.member")]);
        Demand(call, settings, tags);
        if (elb.All<LoadBalancer>().FirstOrDefault(other => other.Name == settings.Name) is { } existing)
            return AnswerExisting(existing, settings, tags);
        var subnets = new SubnetRules(elb.Cloud).Check(settings.SubnetIds, settings.Scheme);
        CheckGroups(elb.Cloud.Ec2, settings.GroupIds, subnets[0].VpcId);
        if (elb.All<LoadBalancer>().Count() >= elb.Cloud.Quotas.LoadBalancers)
            throw new AwsErrorException("TooManyLoadBalancers", "The maximum number of load balancers has been reached");
        return AnswerOne(Make(settings, subnets, wanted, tags));
    }

    private static void Demand(ApiCall call, LoadBalancerSettings settings, Tags tags)
    {
        var arn = call.Cloud.Arn("elasticloadbalancing", $"loadbalancer/net/{settings.Name}/*");
        call.Demand(arn, ConditionKeys.None.RequestTags(tags)
            .With("elasticloadbalancing:Scheme", settings.Scheme)
            .With("elasticloadbalancing:Subnet", settings.SubnetIds)
            .With("elasticloadbalancing:SecurityGroup", settings.GroupIds));
        call.DemandTagOnCreate(arn, tags);
        call.DemandOfEc2("DescribeAccountAttributes", "DescribeAddresses", "DescribeInternetGateways", "DescribeSecurityGroups", "DescribeSubnets", "DescribeVpcs");
        // Not in that list, and AWS asks for it all the same (kubernetes-sigs/aws-load-balancer-controller, issue 3917).
        if (!settings.GroupIds.IsEmpty)
            call.DemandOfEc2("GetSecurityGroupsForVpc");
    }

    private Answer AnswerExisting(LoadBalancer existing, LoadBalancerSettings settings, Tags tags) =>
        existing.Current.IsSameAs(settings) && (!tags.Any || tags.Values.SequenceEqual(existing.Tags.Values))
            ? AnswerOne(existing)
            : throw new AwsErrorException("DuplicateLoadBalancerName", $"A load balancer with the same name '{settings.Name}' exists, but with different settings");

    private LoadBalancer Make(LoadBalancerSettings settings, ImmutableArray<Subnet> subnets, ImmutableArray<NodePlan> wanted, Tags tags)
    {
        var id = elb.Cloud.Chance.Hex(16);
        var made = new LoadBalancer(
            elb.Cloud.Arn("elasticloadbalancing", $"loadbalancer/net/{settings.Name}/{id}"),
            settings,
            subnets[0].VpcId,
            $"{settings.Name}-{id}.elb.{elb.Cloud.Options.Region}.{elb.Cloud.Options.DnsSuffix}",
            elb.Now,
            elb.Now + elb.Cloud.Chance.Between(SoonestActive, LatestActive))
        {
            Tags = tags,
            GroupIds = [.. settings.GroupIds],
            EnforcesOnPrivateLink = settings.GroupIds.IsEmpty ? null : true,
        };
        made.Nodes = [.. subnets.Select(subnet => elb.AddNode(made, subnet, wanted.First(node => node.SubnetId == subnet.Id).Address))];
        elb.Cloud.Dns.Publish(made.DnsName, () => elb.Now < made.ActiveAt ? [] : [.. made.Nodes.Select(static node => node.Interface.Address)]);
        return elb.Add(made);
    }

    private Answer Describe(ApiCall call)
    {
        call.Demand("*");
        var arns = call.Form.Texts("LoadBalancerArns.member");
        var names = call.Form.Texts("Names.member");
        if (!arns.IsEmpty && !names.IsEmpty)
            throw ElbErrors.Invalid("Load balancer names and load balancer ARNs cannot be specified at the same time");
        IEnumerable<LoadBalancer> found =
        [
            .. arns.Select(arn => elb.FindShown<LoadBalancer>(arn) ?? throw ElbErrors.LoadBalancerNotFound()),
            .. names.Select(name => elb.Shown<LoadBalancer>().FirstOrDefault(one => one.Name == name) ?? throw ElbErrors.LoadBalancerNotFound(name)),
        ];
        var page = ElbPage.Of(call, arns.IsEmpty && names.IsEmpty ? elb.Shown<LoadBalancer>() : found);
        return Answer.Of(Xml.List("LoadBalancers", "member", page.Items, Write), Xml.Of("NextMarker", page.Next));
    }

    private Answer Delete(ApiCall call)
    {
        var arn = call.Form.Needed("LoadBalancerArn");
        var found = elb.Find<LoadBalancer>(arn);
        call.DemandOn(arn, found);
        if (found is null)
            return Answer.Of();
        if (found.Attributes["deletion_protection.enabled"] == "true")
            throw new AwsErrorException("OperationNotPermitted", $"Load balancer '{arn}' cannot be deleted because deletion protection is enabled");
        if (elb.Cloud.Ec2.Services.UserOf(arn) is not null)
            throw new AwsErrorException("ResourceInUse", $"Load balancer '{arn}' cannot be deleted because it is currently associated with another service");
        foreach (var listener in elb.All<Listener>().Where(listener => listener.LoadBalancer == found).ToList())
            elb.Remove(listener);
        foreach (var node in found.Nodes)
            elb.RemoveNode(node);
        elb.Cloud.Dns.Forget(found.DnsName);
        elb.Remove(found);
        return Answer.Of();
    }

    private Answer AnswerOne(LoadBalancer one) => Answer.Of(Xml.List("LoadBalancers", "member", [one], Write));

    private IEnumerable<XElement?> Write(LoadBalancer one) =>
    [
        Xml.Of("LoadBalancerArn", one.Arn),
        Xml.Of("DNSName", one.DnsName),
        Xml.Of("CanonicalHostedZoneId", "Z" + one.Arn[^13..].ToUpperInvariant()),
        Xml.Of("CreatedTime", one.CreatedAt),
        Xml.Of("LoadBalancerName", one.Name),
        Xml.Of("Scheme", one.Settings.Scheme),
        Xml.Of("VpcId", one.VpcId),
        Xml.Node("State", Xml.Of("Code", one.StateAt(elb.Now))),
        Xml.Of("Type", "network"),
        WriteZones(one),
        one.CanHaveGroups ? Xml.Texts("SecurityGroups", "member", one.GroupIds) : null,
        Xml.Of("IpAddressType", one.Settings.IpAddressType),
        Xml.Of("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", one.EnforcesOnPrivateLink is { } enforces ? OnOff(enforces) : null),
        Xml.Of("EnablePrefixForIpv6SourceNat", "off"),
    ];

    public static XElement WriteZones(LoadBalancer one) => Xml.List("AvailabilityZones", "member", one.Nodes, node =>
        [Xml.Of("ZoneName", node.Subnet.Zone), Xml.Of("SubnetId", node.Subnet.Id), Xml.Node("LoadBalancerAddresses")]);

    public static string OnOff(bool on) => on ? "on" : "off";

    public static void CheckGroups(Ec2State ec2, IReadOnlyCollection<string> groupIds, string vpcId)
    {
        // The wording: github.com/boto/boto3, issue 177.
        if (groupIds.Count > ec2.Cloud.Quotas.SecurityGroupsPerInterface)
            throw new AwsErrorException("InvalidConfigurationRequest", "The maximum number of security groups per load balancer has been reached");
        foreach (var id in groupIds)
        {
            if (ec2.FindShown<SecurityGroup>(id) is not { } group)
                throw new AwsErrorException("InvalidSecurityGroup", $"The security group '{id}' does not exist");
            if (group.VpcId != vpcId)
                throw new AwsErrorException("InvalidConfigurationRequest", "One or more security groups are invalid: they are not in the load balancer's VPC");
        }
    }

    private static string Name(Form form)
    {
        var name = form.Needed("Name");
        ElbNames.Check("The load balancer", name);
        return name.StartsWith("internal-", StringComparison.Ordinal)
            ? throw ElbErrors.Invalid($"The load balancer name '{name}' cannot begin with 'internal-'")
            : name;
    }

    public static string OneOf(string value, string parameter, params ImmutableArray<string> allowed) => allowed.Contains(value, StringComparer.Ordinal)
        ? value
        : throw ElbErrors.Invalid($"1 validation error detected: Value '{value}' at '{parameter}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", allowed)}]");
}

/// <summary>Where a request wants a node.</summary>
/// <param name="SubnetId">The subnet.</param>
/// <param name="Address">Its address there; null: any.</param>
internal sealed record NodePlan(string SubnetId, IPAddress? Address)
{
    public static ImmutableArray<NodePlan> Read(Form form)
    {
        ImmutableArray<NodePlan> plain = [.. form.Texts("Subnets.member").Select(id => new NodePlan(id, null))];
        ImmutableArray<NodePlan> mapped = [.. form.List("SubnetMappings.member").Select(mapping => new NodePlan(
            mapping.Needed("SubnetId"),
            ReadAddress(mapping.Text("PrivateIPv4Address"))))];
        if (!plain.IsEmpty && !mapped.IsEmpty)
            throw ElbErrors.Invalid("Only one of subnets or subnet mappings can be specified");
        return plain.IsEmpty && mapped.IsEmpty ? throw ElbErrors.Invalid("At least one subnet must be specified") : [.. plain, .. mapped];
    }

    private static IPAddress? ReadAddress(string? text) => text switch
    {
        null or "" => null,
        _ when IPAddress.TryParse(text, out var address) => address,
        _ => throw ElbErrors.Invalid($"The private IPv4 address '{text}' is not valid"),
    };
}
