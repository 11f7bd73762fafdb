using LocalAws.Ec2;
using LocalAws.LoadBalancing;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Simulation;

/// <summary>What holds at every moment, whatever went wrong before.</summary>
internal static class Invariants
{
    public static void Check(World world, IReadOnlySet<string> principals, string place)
    {
        Assert.True(world.Cloud.LoadBalancing.All<LoadBalancer>().Count() <= 1, $"{place}: one load balancer");
        Assert.True(world.Cloud.Ec2.All<EndpointService>().Count() <= 1, $"{place}: one endpoint service");
        Assert.True(world.Cloud.Ec2.All<EndpointService>().All(static service => service.AcceptanceRequired), $"{place}: acceptance required");
        Assert.True(world.Permissions.All(permission => principals.Contains(permission.Principal)), $"{place}: nobody but the document's consumers");
        Assert.True(world.AddedRules.All(static rule => rule.Tags[ResourceTags.Link] == "orders"), $"{place}: a rule of ours names its link");
    }
}
