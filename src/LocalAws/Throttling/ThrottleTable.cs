using System.Collections.Immutable;
using LocalAws.Wire;

namespace LocalAws.Throttling;

/// <summary>Which documented limits a call falls under.</summary>
internal static class ThrottleTable
{
    /// <summary>Load balancing counts by kind of call, EC2 and CloudWatch by each call.</summary>
    public static ImmutableArray<ThrottleRate> For(ApiCall call) => call.Service.SigningName switch
    {
        "elasticloadbalancing" => [LoadBalancing(call.Operation), new("elb:account", 40, 10)],
        "ec2" => [Ec2(call)],
        "monitoring" => [new("cloudwatch:" + call.Operation.Name, CloudWatch(call.Operation), CloudWatch(call.Operation))],
        _ => [],
    };

    private static ThrottleRate LoadBalancing(Operation operation) => operation.Name switch
    {
        "CreateLoadBalancer" or "SetSubnets" => new("elb:intensive", 10, 0.2),
        "RegisterTargets" or "DeregisterTargets" => new("elb:targets", 20, 4),
        _ when operation.Mutates => new("elb:mutating", 20, 3),
        _ => new("elb:describing", 40, 10),
    };

    private static double CloudWatch(Operation operation) => operation.Name == "GetMetricData" ? 50 : 9;

    private static ThrottleRate Ec2(ApiCall call) => call.Operation.Name switch
    {
        "AcceptVpcEndpointConnections" or "RejectVpcEndpointConnections" or "CreateVpcEndpointServiceConfiguration"
            or "ModifyVpcEndpointServiceConfiguration" or "DeleteVpcEndpointServiceConfigurations" => new("ec2:" + call.Operation.Name, 10, 1),
        "CreateVpcEndpoint" or "ModifyVpcEndpoint" or "DeleteVpcEndpoints" => new("ec2:" + call.Operation.Name, 4, 0.3),
        "CreateTags" => new("ec2:CreateTags", 100, 10),
        "DescribeSecurityGroups" or "DescribeNetworkInterfaces" when AsksForAll(call.Form) => new($"ec2:{call.Operation.Name} of all", 50, 10),
        var name when call.Operation.Mutates => new("ec2:" + name, 50, 5),
        var name => new("ec2:" + name, 100, 20),
    };

    private static bool AsksForAll(Form form) => form.Names.All(name => name is "Action" or "Version" or "DryRun");
}
