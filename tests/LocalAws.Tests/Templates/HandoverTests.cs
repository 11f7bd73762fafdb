using LocalAws.Ec2;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class HandoverTests : IDisposable
{
    private readonly SmallStack small = new();

    public void Dispose() => small.Dispose();

    [Fact]
    public void What_a_stack_makes_is_found_at_the_services()
    {
        var stack = small.Deploy(("Email", "me@example.org"));
        var cloud = small.Cloud;

        Assert.Equal(stack.SecurityGroups["Wall"].GroupName, cloud.Ec2.Find<SecurityGroup>(stack.SecurityGroups["Wall"].GroupId)?.Name);
        Assert.Equal(stack.Topics["News"].Arn, Assert.Single(cloud.Sns.Topics).Arn);
        Assert.Equal("me@example.org", Assert.Single(cloud.Sns.Subscriptions).Settings.Endpoint);
        Assert.Equal(stack.Functions["Look"], cloud.Lambda.Find(stack.Functions["Look"].Arn));
        Assert.Equal(stack.StateMachines["Welcome"], cloud.StepFunctions.Machine(stack.Outputs["Machine"]).Settings);
    }
}
