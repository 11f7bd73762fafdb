using Amazon.Runtime;
using LocalAws;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Tests.House;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class StackSearchTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory();
    private readonly World world = new();

    public StackSearchTests() => File.WriteAllText(Path.Combine(home.FullName, "template.yaml"), "");

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public void The_only_stack_is_found_with_its_functions_and_machines_and_who_asks()
    {
        using var session = Open();

        Assert.Equal(("prod", "111122223333", "eu-central-1", "arn:aws:iam::111122223333:user/operator"), (session.Stack.Name, session.Stack.AccountId, session.Stack.Region, session.Who));
        Assert.Equal(world.Deployed.Functions.ToDictionary(one => one.Key, one => one.Value.Arn), session.Stack.Functions);
        Assert.Equal(world.Deployed.StateMachines.ToDictionary(one => one.Key, one => one.Value.Arn), session.Stack.Machines);
        Assert.Equal(world.Deployed.Alarms.Select(one => one.Arn).Order(StringComparer.Ordinal), session.Stack.Alarms.Values.Order(StringComparer.Ordinal));
        Assert.Contains("alarm:prod-SyncSilentAlarm-", session.Stack.Alarms["SyncSilentAlarm"], StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_found_by_the_tags_alone()
    {
        Open().Dispose();

        Assert.Equal(["sts:GetCallerIdentity", "tag:GetResources"], world.Cloud.Calls.Since(0).Where(call => call.Caller == "operator").Select(call => call.Action).Distinct());
    }

    [Fact]
    public void Several_stacks_are_told_apart_by_name_and_never_guessed()
    {
        Deploy("staging");

        var error = Assert.Throws<BadInputException>(() => Open());
        using var chosen = Open(stack: "staging");

        Assert.Equal("The account 111122223333 has several stacks in eu-central-1: prod, staging. Say which by --stack or PRIVATELINK_STACK.", error.Message);
        Assert.Equal("staging", chosen.Stack.Name);
        Assert.Contains("function:staging-AnswerConnection-", chosen.Stack.Function("AnswerConnection"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_comes_before_the_environment_and_that_before_samconfig()
    {
        Deploy("staging");
        Deploy("third");
        Write("[default.global.parameters]\nstack_name = \"prod\"");

        Assert.Equal(["prod", "staging", "third"], [Name(), Name(variable: "staging"), Name("third", "staging")]);
    }

    [Fact]
    public void A_name_that_is_not_there_is_named_with_who_said_it_and_what_is_there()
    {
        Write("[default.deploy.parameters]\nstack_name = \"lost\"");

        Assert.Equal("The account 111122223333 has no such stack 'lost' (samconfig.toml) in eu-central-1; it has prod. Say which by --stack.", Assert.Throws<BadInputException>(() => Open()).Message);
    }

    [Fact]
    public void An_account_without_a_stack_is_told_so()
    {
        var empty = new Cloud(CloudOptions.Default);

        Assert.Equal(
            "The account 111122223333 has no stack of ServerlessPrivateLink in eu-central-1. Deploy one, or say another --region.",
            Assert.Throws<BadInputException>(() => Open(cloud: empty)).Message);
    }

    [Fact]
    public void Without_a_region_nothing_is_asked()
    {
        var error = Assert.Throws<BadInputException>(() => Open(region: null));

        Assert.StartsWith("No Region is known. Say it by --region, AWS_REGION, samconfig.toml", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Cloud.Calls.Since(0), call => call.Caller == "operator");
    }

    [Fact]
    public void A_function_that_an_older_template_lacks_is_said_to_be_lacking()
    {
        using var session = Open();

        Assert.Equal(
            "The stack prod in eu-central-1 has not the function Teleport: it was deployed from an older template. Deploy it again.",
            Assert.Throws<BadInputException>(() => session.Stack.Function("Teleport")).Message);
    }

    [Theory]
    [InlineData("stack_name = \"a\"", null, null)]
    [InlineData("[default.deploy.parameters]\nstack_name = 'a' # mine\nregion=\"eu-west-1\"", "a", "eu-west-1")]
    [InlineData("[default.global.parameters]\nstack_name = \"a\"\nregion = \"eu-west-1\"\n[default.deploy.parameters]\nstack_name = \"b\"", "b", "eu-west-1")]
    [InlineData("[prod.deploy.parameters]\nstack_name = \"a\"\n[ default.build.parameters ]\nregion = \"x\"", null, null)]
    [InlineData("# [default.deploy.parameters]\n#stack_name = \"a\"\n[default.deploy.parameters]\nstack_name = \"\"\nresolve_s3 = true", null, null)]
    public void Samconfig_is_read_as_sam_deploy_reads_it(string text, string? stack, string? region) =>
        Assert.Equal(new SamConfig(stack, region), SamConfig.Read(text.Split('\n')));

    private void Write(string samconfig) => File.WriteAllText(Path.Combine(home.FullName, "samconfig.toml"), samconfig);

    private void Deploy(string name) => LocalAws.Templates.Template.Load(Repository.At("template.yaml")).Deploy(world.Cloud, name, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["VpcId"] = World.Home,
        ["SubnetIds"] = "subnet-0d20000000000000a,subnet-0d20000000000000b",
    });

    private string Name(string? stack = null, string? variable = null)
    {
        using var session = Open(stack, variable);
        return session.Stack.Name;
    }

    private StackSession Open(string? stack = null, string? variable = null, string? region = "eu-central-1", Cloud? cloud = null)
    {
        var there = cloud ?? world.Cloud;
        var host = new Host(home.FullName, Live: false, there.Time)
        {
            Variables = Host.NoVariables.SetItems(variable is null ? [] : [new("PRIVATELINK_STACK", variable)]),
            Aws = new(new BasicAWSCredentials(there.Operator.AccessKeyId, there.Operator.SecretAccessKey), there.Door),
        };
        return there.Time.Run(() => StackSession.OpenAsync(new(stack, region, null, null, Json: false), host, CancellationToken.None));
    }
}
