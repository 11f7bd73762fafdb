namespace LocalAws;

/// <summary>
/// How many of each thing the account may have, as far as something here can reach it; AWS's own defaults
/// (Elastic Load Balancing: "Quotas for your Network Load Balancers"; Amazon VPC User Guide: "Amazon VPC quotas").
/// </summary>
public sealed record Quotas
{
    /// <summary>Network Load Balancers per Region.</summary>
    public int LoadBalancers { get; init; } = 50;

    /// <summary>Listeners per Network Load Balancer, which AWS does not raise.</summary>
    public int ListenersPerLoadBalancer { get; init; } = 50;

    /// <summary>Target groups per Region.</summary>
    public int TargetGroups { get; init; } = 3000;

    /// <summary>Targets per target group.</summary>
    public int TargetsPerGroup { get; init; } = 1000;

    /// <summary>Targets per Availability Zone per Network Load Balancer; all of them, when it balances across zones.</summary>
    public int TargetsPerZone { get; init; } = 500;

    /// <summary>Targets per Network Load Balancer.</summary>
    public int TargetsPerLoadBalancer { get; init; } = 3000;

    /// <summary>VPC security groups per Region.</summary>
    public int SecurityGroups { get; init; } = 2500;

    /// <summary>Inbound or outbound rules per security group.</summary>
    public int RulesPerSecurityGroup { get; init; } = 60;

    /// <summary>Security groups per network interface, and so per load balancer.</summary>
    public int SecurityGroupsPerInterface { get; init; } = 5;
}
