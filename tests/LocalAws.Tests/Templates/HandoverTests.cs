using LocalAws.Ec2;
using LocalAws.Templates;
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

    [Fact]
    public void Functions_and_machines_carry_the_tags_of_CloudFormation_and_SAM_from_the_start()
    {
        var stack = small.Deploy();
        var (function, machine) = (stack.Functions["Look"], stack.StateMachines["Welcome"]);

        var known = small.Cloud.Tagging.Now.ToDictionary(resource => resource.Arn, resource => resource.Tags);

        Assert.Equal(Expected("lambda:createdBy", "Look", stack), known[function.Arn].Values);
        Assert.Equal(Expected("stateMachine:createdBy", "Welcome", stack), known[machine.Arn].Values);
    }

    private static Dictionary<string, string> Expected(string maker, string id, Stack stack) => new(StringComparer.Ordinal)
    {
        ["aws:cloudformation:logical-id"] = id,
        ["aws:cloudformation:stack-id"] = stack.Id,
        ["aws:cloudformation:stack-name"] = stack.Name,
        [maker] = "SAM",
    };
}
