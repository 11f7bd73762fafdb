using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Xml.Linq;
using LocalAws.Ec2;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Targets: registered, deregistered, and their health.</summary>
internal sealed class TargetCalls(LoadBalancingState elb)
{
    private static readonly TimeSpan ShortestInitial = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan LongestInitial = TimeSpan.FromSeconds(180);

    /// <summary>Addresses outside the VPC that may be targets (API Reference: TargetDescription).</summary>
    private static readonly ImmutableArray<IPNetwork> AllowedOutside =
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16")];

    public IEnumerable<Operation> All =>
    [
        Operation.Writes("RegisterTargets", Register),
        Operation.Writes("DeregisterTargets", Deregister),
        Operation.Reads("DescribeTargetHealth", DescribeHealth),
    ];

    private Answer Register(ApiCall call)
    {
        var group = Group(call, demandOnGroup: true);
        call.DemandOfEc2("DescribeInstances", "DescribeInternetGateways", "DescribeSubnets", "DescribeVpcs");
        ImmutableArray<Target> wanted = [.. Entries(call.Form).Select(entry => Read(entry, group))];
        var present = group.TargetsAt(elb.Now).Where(target => target.DrainsUntil is null).ToImmutableArray();
        ImmutableArray<Target> added = [.. wanted.Where(target => !present.Any(other => other.IsAt(target.Address, target.Port)))];
        TargetQuotas.DemandOfGroup(elb.Cloud.Quotas, present.Length + added.Length);
        if (elb.UseOf(group) is { LoadBalancer: var owner })
            TargetQuotas.DemandOfLoadBalancer(elb.Cloud.Quotas, owner, elb.TargetsOf(elb.All<Listener>().Where(listener => listener.LoadBalancer == owner).SelectMany(static listener => listener.TargetGroupArns)).Concat(added));
        foreach (var target in added)
            group.Put(target);
        return Answer.Of();
    }

    private Answer Deregister(ApiCall call)
    {
        var group = Group(call, demandOnGroup: true);
        var isUsed = elb.UseOf(group) is not null;
        var delay = TimeSpan.FromSeconds(int.Parse(group.Attributes["deregistration_delay.timeout_seconds"], CultureInfo.InvariantCulture));
        foreach (var entry in Entries(call.Form))
        {
            if (Find(entry, group) is not { DrainsUntil: null } target)
                continue;
            if (isUsed && delay > TimeSpan.Zero)
                group.Put(target with { DrainsUntil = elb.Now + delay });
            else
                group.Remove(target);
        }

        return Answer.Of();
    }

    private Answer DescribeHealth(ApiCall call)
    {
        var group = Group(call, demandOnGroup: false);
        var asked = call.Form.List("Targets.member");
        var answers = asked.IsEmpty
            ? group.TargetsAt(elb.Now).Where(target => target.ShownFrom <= elb.Now).Select(target => Write(group, target, elb.HealthOf(group, target)))
            : asked.Select(entry => Find(entry, group) is { } target ? Write(group, target, elb.HealthOf(group, target)) : WriteUnknown(entry, group));
        return Answer.Of(Xml.List("TargetHealthDescriptions", "member", answers, members => members));
    }

    private static IEnumerable<XElement?> Write(TargetGroup group, Target target, TargetHealth health) =>
    [
        Xml.Node("Target", Xml.Of("Id", target.Address.ToString()), Xml.Of("Port", target.Port), Xml.Of("AvailabilityZone", target.Zone)),
        Xml.Of("HealthCheckPort", group.Settings.HealthCheck.Port == "traffic-port" ? target.Port.ToString(CultureInfo.InvariantCulture) : group.Settings.HealthCheck.Port),
        WriteHealth(health),
    ];

    private static IEnumerable<XElement?> WriteUnknown(Form entry, TargetGroup group) =>
        [Xml.Node("Target", Xml.Of("Id", entry.Needed("Id")), Xml.Of("Port", entry.Number("Port") ?? group.Port)), WriteHealth(TargetHealth.NotRegistered)];

    private static XElement WriteHealth(TargetHealth health) =>
        Xml.Node("TargetHealth", Xml.Of("State", health.State), Xml.Of("Reason", health.Reason), Xml.Of("Description", health.Description));

    private TargetGroup Group(ApiCall call, bool demandOnGroup)
    {
        var arn = call.Form.Needed("TargetGroupArn");
        var group = elb.Find<TargetGroup>(arn);
        if (demandOnGroup)
            call.DemandOn(arn, group);
        else
            call.Demand("*");
        return elb.Shows(group) ? group : throw ElbErrors.TargetGroupNotFound();
    }

    private static ImmutableArray<Form> Entries(Form form) =>
        form.List("Targets.member") is { IsEmpty: false } entries ? entries : throw ElbErrors.Invalid("At least one target must be specified");

    private Target? Find(Form entry, TargetGroup group)
    {
        var address = Address(entry.Needed("Id"));
        var port = entry.Number("Port") ?? group.Port;
        return group.TargetsAt(elb.Now).FirstOrDefault(target => target.IsAt(address, port));
    }

    private Target Read(Form entry, TargetGroup group)
    {
        var address = Address(entry.Needed("Id"));
        var port = entry.Number("Port") ?? group.Port;
        if (port is < 1 or > 65535)
            throw ElbErrors.Invalid($"Port '{port}' of target '{address}' must be in the range 1-65535");
        return new(address, port, Zone(address, entry.Text("AvailabilityZone"), group), elb.Now, elb.Cloud.Chance.Between(ShortestInitial, LongestInitial), null) { ShownFrom = elb.Cloud.Visibility.OfNew() };
    }

    private string Zone(IPAddress address, string? zone, TargetGroup group)
    {
        if (elb.Cloud.Ec2.Find<Vpc>(group.VpcId) is { } vpc && vpc.Contains(address))
        {
            var subnet = elb.Cloud.Ec2.All<Subnet>().FirstOrDefault(subnet => subnet.VpcId == vpc.Id && Cidr.Contains(subnet.CidrBlock, address));
            return subnet?.Zone ?? throw new AwsErrorException("InvalidTarget", $"The IP address '{address}' is not within any subnet of VPC '{vpc.Id}'");
        }

        if (!AllowedOutside.Any(block => block.Contains(address)))
            throw ElbErrors.Invalid($"The IP address '{address}' is not within the VPC or one of the allowed ranges 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12 and 192.168.0.0/16");
        return zone == "all" ? zone : throw ElbErrors.Invalid($"You must specify 'all' as Availability Zone for the IP address '{address}', which is outside the VPC of the target group");
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && text.Split('.').Length == 4
            ? address
            : throw ElbErrors.Invalid($"The IP address '{text}' is not a valid IPv4 address");
}
