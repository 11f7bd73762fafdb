using System.Collections.Immutable;
using LocalAws.Wire;

namespace LocalAws.Throttling;

/// <summary>Which documented limits a call falls under.</summary>
internal static class ThrottleTable
{
    public static ImmutableArray<ThrottleRate> For(string service, Operation operation) => service switch
    {
        "elasticloadbalancing" => [LoadBalancing(operation), new("elb:account", 40, 10)],
        "ec2" => [Ec2(operation)],
        _ => [],
    };

    private static ThrottleRate LoadBalancing(Operation operation) => operation.Name switch
    {
        "CreateLoadBalancer" or "SetSubnets" => new("elb:" + operation.Name, 10, 0.2),
        "RegisterTargets" or "DeregisterTargets" => new("elb:" + operation.Name, 20, 4),
        var name when operation.Mutates => new("elb:" + name, 20, 3),
        var name => new("elb:" + name, 40, 10),
    };

    private static ThrottleRate Ec2(Operation operation) => operation.Name switch
    {
        "AcceptVpcEndpointConnections" or "RejectVpcEndpointConnections" or "CreateVpcEndpointServiceConfiguration"
            or "ModifyVpcEndpointServiceConfiguration" or "DeleteVpcEndpointServiceConfigurations" => new("ec2:" + operation.Name, 10, 1),
        "CreateVpcEndpoint" or "ModifyVpcEndpoint" or "DeleteVpcEndpoints" => new("ec2:" + operation.Name, 4, 0.3),
        "CreateTags" => new("ec2:CreateTags", 100, 10),
        var name when operation.Mutates => new("ec2:" + name, 50, 5),
        var name => new("ec2:" + name, 100, 20),
    };
}
