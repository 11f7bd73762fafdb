using LocalAws.Access;
using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class StackPermissionsTests : IDisposable
{
    private readonly SmallStack small = new();

    public void Dispose() => small.Dispose();

    [Fact]
    public void What_no_call_needed_is_dispensable_but_for_what_services_use()
    {
        var stack = small.Deploy();

        Assert.Equal(
            ["kms:Decrypt", "kms:GenerateDataKey*", "lambda:InvokeFunction", "sns:Publish"],
            stack.Dispensable(small.Cloud.Access).Select(permission => permission.Action).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_called_is_not_dispensable()
    {
        var stack = small.Deploy();
        var greet = stack.Functions["Greet"].Role.Caller;

        small.Cloud.Access.Demand(greet, new("sns:Publish", stack.Topics["News"].Arn, ConditionKeys.None));
        small.Cloud.Access.Demand(greet, new("kms:GenerateDataKey", stack.Keys["Key"].Arn, ConditionKeys.None));
        small.Cloud.Access.Demand(stack.StateMachines["Welcome"].Role.Caller, new("lambda:InvokeFunction", stack.Functions["Greet"].Arn, ConditionKeys.None));

        Assert.Equal(new("Greet", "GreetRolePolicy0", "UseKey", "kms:Decrypt"), Assert.Single(stack.Dispensable(small.Cloud.Access)));
    }
}
