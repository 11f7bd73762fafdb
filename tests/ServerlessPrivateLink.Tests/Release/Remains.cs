using LocalAws;
using LocalAws.Ec2;
using LocalAws.LoadBalancing;
using ServerlessPrivateLink.Tests.Provisioning;

namespace ServerlessPrivateLink.Tests.Release;

/// <summary>What there is of a link, as the account itself knows it.</summary>
internal static class Remains
{
    public static string[] Of(World world, string link = World.LinkName) =>
    [
        .. world.Cloud.Ec2.All<EndpointService>().Where(service => IsOf(service.Tags, link) && service.StateAt(world.Cloud.Time.GetUtcNow()) != "Deleted").Select(static one => one.Id),
        .. world.Cloud.Ec2.All<ConnectionNotification>().Where(one => IsOf(one.Service.Tags, link) && one.Service.StateAt(world.Cloud.Time.GetUtcNow()) != "Deleted").Select(static one => one.Id),
        .. world.Cloud.LoadBalancing.All<LoadBalancer>().Where(one => IsOf(one.Tags, link)).Select(static one => one.Arn),
        .. world.Cloud.LoadBalancing.All<Listener>().Where(one => IsOf(one.Tags, link)).Select(static one => one.Arn),
        .. world.Cloud.LoadBalancing.All<TargetGroup>().Where(one => IsOf(one.Tags, link)).Select(static one => one.Arn),
        .. world.Cloud.Ec2.All<SecurityGroupRule>().Where(one => IsOf(one.Tags, link)).Select(static one => one.Id),
        .. world.Cloud.Ec2.All<SecurityGroup>().Where(one => IsOf(one.Tags, link)).Select(static one => one.Id),
    ];

    private static bool IsOf(Tags tags, string link) => tags[ResourceTags.Stack] == World.StackName && tags[ResourceTags.Link] == link;
}
