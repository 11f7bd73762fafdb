using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Changes of a load balancer's subnets and security groups.</summary>
internal sealed class LoadBalancerChanges(LoadBalancingState elb)
{
    public IEnumerable<Operation> All => [Operation.Writes("SetSubnets", SetSubnets), Operation.Writes("SetSecurityGroups", SetSecurityGroups)];

    private Answer SetSubnets(ApiCall call)
    {
        var wanted = NodePlan.Read(call.Form);
        var one = Find(call, ConditionKeys.None.With("elasticloadbalancing:Subnet", wanted.Select(node => node.SubnetId)));
        var subnets = new SubnetRules(elb.Cloud).Check(wanted.Select(node => node.SubnetId), one.Settings.Scheme, one.Nodes.Select(node => node.Subnet.Id));
        if (subnets.Any(subnet => subnet.VpcId != one.VpcId))
            throw new AwsErrorException("InvalidConfigurationRequest", $"All subnets must belong to the VPC of the load balancer, '{one.VpcId}'");
        var gone = one.Nodes.Where(node => !subnets.Contains(node.Subnet)).ToImmutableArray();
        // User Guide for Network Load Balancers, "Update the Availability Zones": within a zone the old subnet goes first, in a change of its own.
        if (gone.Any(node => subnets.Any(subnet => subnet.Zone == node.Subnet.Zone)))
            throw new AwsErrorException("InvalidConfigurationRequest", $"The subnet of an Availability Zone of load balancer '{one.Arn}' cannot be replaced in one request");
        if (!gone.IsEmpty && elb.Cloud.Ec2.Services.UserOf(one.Arn) is not null)
            throw new AwsErrorException("ResourceInUse", $"Subnets cannot be removed from load balancer '{one.Arn}' because it is currently associated with another service");
        foreach (var node in gone)
            elb.RemoveNode(node);
        one.Nodes = [.. subnets.Select(subnet => one.Nodes.FirstOrDefault(node => node.Subnet == subnet)
            ?? elb.AddNode(one, subnet, wanted.First(node => node.SubnetId == subnet.Id).Address))];
        return Answer.Of(LoadBalancerCalls.WriteZones(one), Xml.Of("IpAddressType", one.Settings.IpAddressType));
    }

    private Answer SetSecurityGroups(ApiCall call)
    {
        var groups = call.Form.Texts("SecurityGroups.member");
        var enforces = call.Form.Text("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic") is { Length: > 0 } text
            ? LoadBalancerCalls.OneOf(text, "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "on", "off") == "on"
            : (bool?)null;
        var one = Find(call, ConditionKeys.None.With("elasticloadbalancing:SecurityGroup", groups));
        if (!one.CanHaveGroups)
            throw new AwsErrorException("InvalidConfigurationRequest", $"Security groups cannot be set for network load balancer '{one.Arn}', which was created without one");
        if (groups.IsEmpty)
            throw ElbErrors.Invalid("At least one security group must be specified");
        LoadBalancerCalls.CheckGroups(elb.Cloud.Ec2, groups, one.VpcId);
        one.GroupIds = groups;
        one.EnforcesOnPrivateLink = enforces ?? one.EnforcesOnPrivateLink;
        foreach (var node in one.Nodes)
            node.Interface.GroupIds = groups;
        return Answer.Of(
            Xml.Texts("SecurityGroupIds", "member", groups),
            Xml.Of("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", LoadBalancerCalls.OnOff(one.EnforcesOnPrivateLink is true)));
    }

    private LoadBalancer Find(ApiCall call, ConditionKeys keys)
    {
        var arn = call.Form.Needed("LoadBalancerArn");
        var found = elb.Find<LoadBalancer>(arn);
        call.DemandOn(arn, found, keys);
        return elb.Shows(found) ? found : throw ElbErrors.LoadBalancerNotFound();
    }
}
