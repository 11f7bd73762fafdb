using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Ec2;
using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli.Rehearsal;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

/// <summary>What people and lost answers leave behind, and what the next execution makes of it.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public void A_service_that_a_person_deleted_is_made_anew_by_the_next_execution()
    {
        var world = new World();
        world.Build(World.Document());
        var deleted = world.Service.Id;
        using var operators = OperatorClients.Of(world.Cloud);

        world.Cloud.Time.Run(() => operators.Ec2.DeleteVpcEndpointServiceConfigurationsAsync(new DeleteVpcEndpointServiceConfigurationsRequest { ServiceIds = [deleted] }));
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(3));
        world.Build(World.Document());

        Assert.NotEqual(deleted, world.Service.Id);
        Assert.Equal("Available", world.Service.StateAt(world.Cloud.Time.GetUtcNow()));
    }

    [Fact]
    public void A_notification_that_a_person_deleted_is_made_anew_by_the_next_execution()
    {
        var world = new World();
        world.Build(World.Document());
        var deleted = Assert.Single(world.Cloud.Ec2.All<LocalAws.Ec2.ConnectionNotification>()).Id;
        using var operators = OperatorClients.Of(world.Cloud);

        world.Cloud.Time.Run(() => operators.Ec2.DeleteVpcEndpointConnectionNotificationsAsync(new DeleteVpcEndpointConnectionNotificationsRequest { ConnectionNotificationIds = [deleted] }));
        world.Build(World.Document());

        Assert.NotEqual(deleted, Assert.Single(world.Cloud.Ec2.All<LocalAws.Ec2.ConnectionNotification>()).Id);
    }

    [Fact]
    public void A_service_whose_creation_nobody_heard_of_is_found_by_the_next_execution()
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var world = new World(seed);
            world.Cloud.Faults.Plan(FaultKind.AnswerLost, call =>
            {
                if (call.Operation.Name != "CreateVpcEndpointServiceConfiguration") return false;
                world.Cloud.Visibility.Longest = TimeSpan.FromSeconds(40);
                return true;
            });
            // A denial ends the execution while the service may still be unseen.
            world.Cloud.Faults.Plan(FaultKind.Denied, call => world.Cloud.Ec2.All<EndpointService>().Any() && call.Operation.Name == "DescribeVpcEndpointServiceConfigurations");

            Assert.Equal(ExecutionStatus.Failed, world.Provision(World.Document()).Status);
            // As people are told to. What the next run makes is shown as soon as ever; the service still is not.
            world.Cloud.Visibility.Longest = TimeSpan.FromSeconds(5);
            world.Cloud.Time.Advance(TimeSpan.FromSeconds(30));
            world.Build(World.Document());

            Assert.NotNull(world.Service);
        }
    }

    [Fact]
    public void A_health_check_that_a_person_changed_is_put_back()
    {
        var world = new World();
        world.Build(World.Document());
        ChangeHealthCheck(world);

        Assert.Equal(["elasticloadbalancing:ModifyTargetGroup"], world.Changes(World.Document()).AsEnumerable());
        Assert.Empty(world.Changes(World.Document()));
    }

    [Fact]
    public void A_consumer_that_does_not_exist_is_named_with_what_to_do()
    {
        var world = new World();
        world.Cloud.Ec2.Services.Strangers.Add("arn:aws:iam::133737826969:role/reader");

        var run = world.Provision(World.Document(consumers: "\"arn:aws:iam::133737826969:role/reader\""));

        Assert.Equal("ConsumerNotFoundException", run.Error);
        Assert.StartsWith("AllowConsumers: EC2 does not take the consumer arn:aws:iam::133737826969:role/reader", run.Cause, StringComparison.Ordinal);
        Assert.Contains("Ask the consumer arn:aws:iam::133737826969:role/reader", Assert.Single(world.Alerts).Message, StringComparison.Ordinal);
    }

    internal static void ChangeHealthCheck(World world)
    {
        using var operators = OperatorClients.Of(world.Cloud);
        world.Cloud.Time.Run(() => operators.LoadBalancing.ModifyTargetGroupAsync(new ModifyTargetGroupRequest
        {
            TargetGroupArn = world.TargetGroups.First().Arn,
            HealthCheckIntervalSeconds = 30,
        }));
    }
}
