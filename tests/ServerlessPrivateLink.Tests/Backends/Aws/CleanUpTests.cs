using LocalAws.Ec2;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>The clean-up after a run on AWS, on an AWS that is as slow as the real one.</summary>
public sealed class CleanUpTests : IDisposable
{
    private readonly World world = new();
    private readonly OperatorClients aws;
    private readonly StackRemains remains;

    public CleanUpTests()
    {
        aws = OperatorClients.Of(world.Cloud);
        remains = new(aws, World.StackName);
    }

    [Fact]
    public void What_a_run_made_goes_in_the_reverse_order_and_nothing_else_does()
    {
        var before = Standing();
        world.Build(World.Document());
        Assert.Equal(["connection", "endpoint", "load", "target", "security", "security"], Remaining().Select(static what => what.Split(' ')[0]));
        var place = world.Cloud.Calls.Count;

        CleanUp();

        Assert.Empty(Remaining());
        Assert.Equal(before, Standing());
        Assert.Equal(
            [
                "DeleteVpcEndpointConnectionNotifications", "DeleteVpcEndpointServiceConfigurations", "DeleteLoadBalancer", "DeleteTargetGroup", "RevokeSecurityGroupIngress", "DeleteSecurityGroup",
            ],
            world.Cloud.Calls.Since(place).Where(static call => call.Mutates).Select(static call => call.Action.Split(':')[1]).Distinct());
    }

    [Fact]
    public void What_is_shown_only_after_a_first_look_goes_too()
    {
        world.Cloud.Visibility.Longest = TimeSpan.FromSeconds(9);

        world.Cloud.Time.Run(async () =>
        {
            // Some are shown at once.
            const int many = 6;
            for (var number = 1; number <= many; number++)
            {
                await aws.LoadBalancing.CreateTargetGroupAsync(new()
                {
                    Name = $"late{number}",
                    Protocol = Amazon.ElasticLoadBalancingV2.ProtocolEnum.TCP,
                    Port = 5432,
                    VpcId = World.Home,
                    TargetType = Amazon.ElasticLoadBalancingV2.TargetTypeEnum.Ip,
                    Tags = [new() { Key = ResourceTags.Stack, Value = World.StackName }],
                });
            }

            Assert.True((await remains.AllAsync()).Length < many);
            await new CleanUp(remains, Pause).RunAsync();
        });

        Assert.Empty(world.TargetGroups);
    }

    [Fact]
    public void What_will_not_go_is_named_for_a_person_with_what_AWS_says()
    {
        world.Build(World.Document());
        world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969");

        var left = Assert.Throws<LeftBehindException>(CleanUp);

        Assert.Contains($"endpoint service {world.Service.Id}", left.Message, StringComparison.Ordinal);
        Assert.Contains("ExistingVpcEndpointConnections", left.Message, StringComparison.Ordinal);
        Assert.Single(world.TargetGroups);
    }

    public void Dispose() => aws.Dispose();

    private void CleanUp() => world.Cloud.Time.Run(() => new CleanUp(remains, Pause).RunAsync());

    private Task Pause(TimeSpan span) => world.Cloud.Time.Delay(span, CancellationToken.None);

    private string[] Remaining() => [.. world.Cloud.Time.Run(async () => await remains.AllAsync()).Select(static one => one.What)];

    private string[] Standing() => [.. world.Cloud.Ec2.All<SecurityGroup>().Select(static one => one.Id), .. world.Cloud.Ec2.All<SecurityGroupRule>().Select(static one => one.Id), .. world.Cloud.Ec2.All<NetworkInterface>().Select(static one => one.Id)];
}
