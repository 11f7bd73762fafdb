using System.Reflection;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Tests.House;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace ServerlessPrivateLink.Tests.Deployment;

public sealed class TemplateTests
{
    private static readonly Assembly Code = typeof(Startup).Assembly;

    public static TheoryData<string> Functions => [.. TemplateFile.Functions.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_handler_names_a_method_that_the_runtime_can_call(string id)
    {
        var handler = TemplateFile.Text(TemplateFile.Functions[id], "Handler").Split("::");
        var type = Code.GetType(handler[1]);

        Assert.Equal(Code.GetName().Name, handler[0]);
        Assert.NotNull(type);
        Assert.NotNull(type.GetConstructor(Type.EmptyTypes));
        var method = Assert.Single(type.GetMethods(), method => method.Name == handler[2]);
        Assert.InRange(method.GetParameters().Length, 1, 2);
        Assert.True(typeof(Task).IsAssignableFrom(method.ReturnType));
        Assert.Equal($"{id}_{handler[2]}_Generated", type.Name);
        Assert.True(TemplateFile.Text(TemplateFile.Functions[id], "Handler").Length <= 127);
    }

    [Fact]
    public void Every_handler_of_the_code_is_deployed()
    {
        var generated = Code.GetTypes().Select(static type => type.Name).Where(static name => name.EndsWith("_Handle_Generated", StringComparison.Ordinal));

        Assert.Equal(
            generated.Select(static name => name[..^"_Handle_Generated".Length]).Order(StringComparer.Ordinal),
            TemplateFile.Functions.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_function_logs_to_a_group_of_its_own_that_forgets(string id)
    {
        var group = TemplateFile.LogGroups[id + "Logs"];

        Assert.Equal("!Ref", Tag(TemplateFile.Functions[id], "LoggingConfig", "LogGroup"));
        Assert.Equal(id + "Logs", TemplateFile.Text(TemplateFile.Functions[id], "LoggingConfig", "LogGroup"));
        Assert.EndsWith("/" + id, TemplateFile.Text(group, "LogGroupName"), StringComparison.Ordinal);
        Assert.Equal("LogRetentionDays", TemplateFile.Text(group, "RetentionInDays"));
    }

    [Fact]
    public void Functions_share_runtime_code_tracing_and_log_format()
    {
        Assert.Equal("dotnet10", TemplateFile.Text(TemplateFile.GlobalFunction, "Runtime"));
        Assert.Equal("Active", TemplateFile.Text(TemplateFile.GlobalFunction, "Tracing"));
        Assert.Equal("JSON", TemplateFile.Text(TemplateFile.GlobalFunction, "LoggingConfig", "LogFormat"));
        Assert.Equal("Architecture", Assert.Single(TemplateFile.Many(TemplateFile.At(TemplateFile.GlobalFunction, "Architectures"))));
        Assert.True(File.Exists(Repository.At(TemplateFile.Text(TemplateFile.GlobalFunction, "CodeUri") + "ServerlessPrivateLink.csproj")));
    }

    private static IEnumerable<string> Variables(YamlNode function) =>
        ((YamlMappingNode)TemplateFile.At(function, "Environment", "Variables")!).Children.Keys.Select(static key => ((YamlScalarNode)key).Value!);

    [Fact]
    public void The_settings_that_the_code_reads_are_those_that_the_template_gives()
    {
        var given = Variables(TemplateFile.GlobalFunction).Concat(Variables(TemplateFile.Functions["PlanLink"]));
        var asked = new Asked();
        StackSettings.From(asked);

        // Those of .NET itself are read by the runtime, before any code of ours.
        Assert.Equal(given.Where(static name => !name.StartsWith("DOTNET_", StringComparison.Ordinal)).Append("AWS_REGION").Order(StringComparer.Ordinal), asked.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_setting_is_named()
    {
        var missing = Assert.Throws<SettingMissingException>(() => StackSettings.From(new Dictionary<string, string>(StringComparer.Ordinal)));

        Assert.Contains("STACK_NAME", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_resolver_and_the_probe_are_inside_the_vpc()
    {
        var inside = TemplateFile.Functions.Where(static function => TemplateFile.At(function.Value, "VpcConfig") is not null).Select(static function => function.Key);

        Assert.Equal(["ProbeDatabase", "ResolveAddresses"], inside.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_parameter_is_described_and_limited()
    {
        foreach (var (name, parameter) in ((YamlMappingNode)TemplateFile.At(TemplateFile.Root, "Parameters")!).Children)
        {
            Assert.NotNull(TemplateFile.At(parameter, "Description"));
            // CloudFormation itself looks for what the account has, and takes a pattern for a String or a CommaDelimitedList only.
            if (TemplateFile.Text(parameter, "Type").Contains("AWS::", StringComparison.Ordinal))
            {
                Assert.Null(TemplateFile.At(parameter, "AllowedPattern"));
                continue;
            }

            Assert.True(
                TemplateFile.At(parameter, "AllowedPattern") is not null || TemplateFile.At(parameter, "AllowedValues") is not null,
                $"{name} takes anything");
        }
    }

    [Fact]
    public void No_partition_and_no_domain_is_written_out()
    {
        // Service principals are written with this domain in every partition.
        var principals = new[] { "cloudwatch.amazonaws.com", "vpce.amazonaws.com", "elasticloadbalancing.amazonaws.com", "events.amazonaws.com", "pipes.amazonaws.com", "sns.amazonaws.com", "ec2.amazonaws.com" };
        var text = principals.Aggregate(File.ReadAllText(Repository.At("template.yaml")), static (rest, principal) => rest.Replace(principal, "", StringComparison.Ordinal));

        Assert.DoesNotContain("arn:aws", text, StringComparison.Ordinal);
        Assert.DoesNotContain("amazonaws.com", text, StringComparison.Ordinal);
        Assert.All(StateMachineFile.All.Values, static machine => Assert.DoesNotContain("arn:aws", machine.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_assembly_names_its_serializer() =>
        Assert.True(typeof(ILambdaSerializer).IsAssignableFrom(Code.GetCustomAttribute<LambdaSerializerAttribute>()!.SerializerType));

    private static string Tag(YamlNode node, params string[] path) => TemplateFile.At(node, path)!.Tag.Value;

    private sealed class Asked : Dictionary<string, string>, IReadOnlyDictionary<string, string>
    {
        public List<string> Names { get; } = [];

        bool IReadOnlyDictionary<string, string>.TryGetValue(string key, out string value)
        {
            Names.Add(key);
            value = "x";
            return true;
        }
    }
}
