using LocalAws.Access;
using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class DeploymentTests : IDisposable
{
    private readonly SmallStack small = new();

    public void Dispose() => small.Dispose();

    [Fact]
    public void A_function_takes_its_globals_and_overrides_them()
    {
        var stack = small.Deploy();
        var greet = stack.Functions["Greet"];

        Assert.Equal(TimeSpan.FromSeconds(30), greet.Timeout);
        Assert.Equal(256, greet.MemoryMb);
        Assert.Equal("dotnet10", greet.Runtime);
        Assert.Equal("world", greet.Environment["WHO"]);
        Assert.Equal("hello", greet.Environment["STACK"]);
        Assert.Equal(stack.Topics["News"].Arn, greet.Environment["TOPIC"]);
        Assert.Equal("nobody", stack.Functions["Look"].Environment["WHO"]);
    }

    [Fact]
    public void Names_and_arns_are_built_as_cloudformation_builds_them()
    {
        var stack = small.Deploy();

        Assert.Matches("^hello-Greet-[0-9A-Za-z]{12}$", stack.Functions["Greet"].FunctionName);
        Assert.Equal($"arn:aws:lambda:eu-central-1:111122223333:function:{stack.Functions["Greet"].FunctionName}", stack.Functions["Greet"].Arn);
        Assert.Matches("^arn:aws:states:eu-central-1:111122223333:stateMachine:Welcome-[0-9A-Za-z]{12}$", stack.Outputs["Machine"]);
        Assert.Equal("arn:aws:logs:eu-central-1:111122223333:log-group:/aws/vendedlogs/states/hello:*", stack.LogGroups["Log"].Arn);
        Assert.Matches("^arn:aws:iam::111122223333:role/hello-GreetRole-[0-9A-Za-z]{12}$", stack.Roles["GreetRole"].Arn);
    }

    [Fact]
    public void Long_names_are_cut_to_the_limit_and_keep_their_suffix()
    {
        var name = new string('x', 100);
        var yaml = SmallStack.Yaml.Replace("Greet:\n    Type", $"Greet{name}:\n    Type", StringComparison.Ordinal).Replace("!GetAtt Greet.", $"!GetAtt Greet{name}.", StringComparison.Ordinal);
        var function = small.Deploy(yaml).Functions["Greet" + name];

        Assert.Equal(64, function.FunctionName.Length);
        Assert.Equal(64, function.Role.Name.Length);
    }

    [Fact]
    public void The_definition_gets_its_substitutions()
    {
        var stack = small.Deploy();

        Assert.Contains($"\"Resource\":\"{stack.Functions["Look"].Arn}\"", stack.StateMachines["Welcome"].Definition, StringComparison.Ordinal);
        Assert.DoesNotContain("${", stack.StateMachines["Welcome"].Definition, StringComparison.Ordinal);
        Assert.Equal(new("ERROR", false, stack.LogGroups["Log"].Arn), stack.StateMachines["Welcome"].Logging);
        Assert.True(stack.StateMachines["Welcome"].Tracing);
    }

    [Fact]
    public void Sam_attaches_logs_tracing_and_vpc_access_by_itself()
    {
        var stack = small.Deploy();

        Assert.Equal(["AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess", "GreetRolePolicy0"], stack.Functions["Greet"].Role.Policies.Select(policy => policy.Name));
        Assert.Equal(["AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess", "AWSLambdaVPCAccessExecutionRole"], stack.Functions["Look"].Role.Policies.Select(policy => policy.Name));
        Assert.Equal(["AWSXrayWriteOnlyAccess", "WelcomeRolePolicy0"], stack.StateMachines["Welcome"].Role.Policies.Select(policy => policy.Name));
    }

    [Fact]
    public void A_functions_calls_say_which_function_makes_them()
    {
        var function = small.Deploy().Functions["Greet"];

        Assert.Equal(function.Arn, Assert.Single(function.Role.Caller.Facts.Values["lambda:SourceFunctionArn"]));
        Assert.Equal("Greet", function.Role.Caller.Name);
        Assert.Equal($"arn:aws:sts::111122223333:assumed-role/{function.Role.Name}/{function.FunctionName}", function.Role.Caller.Arn);
    }

    [Fact]
    public void A_role_may_do_what_its_policy_says_and_nothing_else()
    {
        var stack = small.Deploy();
        var greet = stack.Functions["Greet"].Role.Caller;
        var look = stack.Functions["Look"].Role.Caller;
        var publish = new AccessRequest("sns:Publish", stack.Topics["News"].Arn, ConditionKeys.None);

        small.Cloud.Access.Demand(greet, publish);
        Assert.Throws<AccessDeniedException>(() => small.Cloud.Access.Demand(look, publish));
        Assert.Throws<AccessDeniedException>(() => small.Cloud.Access.Demand(greet, publish with { Resource = publish.Resource + "-other" }));
    }

    [Fact]
    public void A_topic_policy_admits_the_service_that_it_names_for_its_account_only()
    {
        var stack = small.Deploy();
        var request = new AccessRequest("sns:Publish", stack.Topics["News"].Arn, ConditionKeys.None.With("aws:SourceAccount", "111122223333"));

        small.Cloud.Access.DemandOfService("vpce.amazonaws.com", request);
        Assert.Throws<AccessDeniedException>(() => small.Cloud.Access.DemandOfService("events.amazonaws.com", request));
        Assert.Throws<AccessDeniedException>(() => small.Cloud.Access.DemandOfService("vpce.amazonaws.com", request with { Keys = ConditionKeys.None.With("aws:SourceAccount", "444455556666") }));
    }

    [Fact]
    public void A_topics_key_is_found_by_id_and_by_alias()
    {
        var byId = small.Deploy();
        var byAlias = small.Deploy(SmallStack.With("KmsMasterKeyId: !Ref Key", "KmsMasterKeyId: !Ref KeyName"));

        Assert.Equal(byId.Keys["Key"].Arn, byId.Topics["News"].KmsKeyArn);
        Assert.Equal(byAlias.Keys["Key"].Arn, byAlias.Topics["News"].KmsKeyArn);
    }

    [Fact]
    public void A_condition_leaves_resources_and_outputs_out()
    {
        var without = small.Deploy();
        var with = small.Deploy(("Email", "me@example.org"));

        Assert.Empty(without.Subscriptions);
        Assert.DoesNotContain("Reader", without.Outputs.Keys);
        Assert.Equal(new(with.Topics["News"].Arn, "email", "me@example.org"), Assert.Single(with.Subscriptions) with { Arn = null });
        Assert.Equal("mailto:me@example.org", with.Outputs["Reader"]);
    }

    [Fact]
    public void A_security_group_keeps_its_rules()
    {
        var stack = small.Deploy();

        Assert.Equal(new("udp", 53, 53, "0.0.0.0/0", null, null, null, null), Assert.Single(stack.SecurityGroups["Wall"].Egress!.Value));
        Assert.Equal<string>([stack.SecurityGroups["Wall"].GroupId], stack.Functions["Look"].Vpc!.SecurityGroupIds);
        Assert.Equal<string>(["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"], stack.Functions["Look"].Vpc!.SubnetIds);
    }

    [Fact]
    public void Other_partitions_have_their_own_arns_and_suffix()
    {
        var cloud = new Cloud(CloudOptions.Default with { Partition = "aws-cn", Region = "cn-north-1" });
        var stack = Template.Read(SmallStack.With("Value: !Ref Welcome", "Value: !Sub '${Welcome} ${AWS::URLSuffix}'"), small.Folder).Deploy(cloud, "hello", SmallStack.Parameters);

        Assert.StartsWith("arn:aws-cn:states:cn-north-1:", stack.Outputs["Machine"], StringComparison.Ordinal);
        Assert.EndsWith(" amazonaws.com.cn", stack.Outputs["Machine"], StringComparison.Ordinal);
        Assert.Contains("AWSXRayDaemonWriteAccess", stack.Functions["Greet"].Role.Policies.Select(policy => policy.Name));
    }

    [Fact]
    public void Equal_seeds_make_equal_stacks()
    {
        using var other = new SmallStack();

        Assert.Equal(small.Deploy().Functions["Greet"].Arn, other.Deploy().Functions["Greet"].Arn);
    }
}
