using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class RefusedTemplateTests : IDisposable
{
    private readonly SmallStack small = new();

    public void Dispose() => small.Dispose();

    [Theory]
    [InlineData("Outputs:", "Rules: {}\nOutputs:", "Rules")]
    [InlineData("Transform: AWS::Serverless-2016-10-31", "Transform: AWS::LanguageExtensions", "Transform")]
    [InlineData("Transform: AWS::Serverless-2016-10-31\n", "", "Transform")]
    [InlineData("Runtime: dotnet10", "Runtime: dotnet9", "Resources.Greet.Properties.Runtime")]
    [InlineData("Tracing: Active", "Policies: []", "Globals.Function.Policies")]
    [InlineData("  Function:\n    Runtime", "  Api: {}\n  Function:\n    Runtime", "Globals.Api")]
    [InlineData("Type: AWS::SNS::Topic\n", "Type: AWS::SNS::Toppic\n", "Resources.News.Type")]
    [InlineData("KmsMasterKeyId:", "KmsMasterKey:", "Resources.News.Properties.KmsMasterKey")]
    [InlineData("KmsMasterKeyId: !Ref Key", "KmsMasterKeyId: alias/other", "Resources.News.Properties.KmsMasterKeyId")]
    [InlineData("DeletionPolicy: Delete", "Deletion: Delete", "Resources.Log.Deletion")]
    [InlineData("RetentionInDays: 30", "RetentionInDays: soon", "Resources.Log.Properties.RetentionInDays")]
    [InlineData("RetentionInDays: 30", "RetentionInDays: 31", "Resources.Log.Properties.RetentionInDays")]
    [InlineData("Lets the function look around", "The function's eyes", "Resources.Wall.Properties.GroupDescription")]
    [InlineData("CidrIp: 0.0.0.0/0 }", "CidrIp: 0.0.0.0/0, CidrIpv6: '::/0' }", "Resources.Wall.Properties.SecurityGroupEgress[0]")]
    [InlineData("TOPIC: !Ref News", "AWS_REGION: here", "Resources.Greet.Properties.Environment.Variables.AWS_REGION")]
    [InlineData("TOPIC: !Ref News", "TO-PIC: here", "Resources.Greet.Properties.Environment.Variables")]
    [InlineData("TOPIC: !Ref News", "TOPIC: !Join ['x', !Split ['', 'x']]", "Resources.Greet.Properties.Environment.Variables.TOPIC.Fn::Join[1].Fn::Split")]
    [InlineData("!Ref Welcome", "!ImportValue Welcome", "Outputs.Machine.Value")]
    [InlineData("!Ref Welcome", "{ Fn::ImportValue: Welcome }", "Outputs.Machine.Value")]
    [InlineData("!Ref Welcome", "!Ref Farewell", "Outputs.Machine.Value")]
    [InlineData("!Ref Welcome", "!Sub '${Farewell}'", "Outputs.Machine.Value")]
    [InlineData("!Ref Welcome", "!Ref AWS::NotificationARNs", "Outputs.Machine.Value")]
    [InlineData("!Ref Welcome", "!GetAtt Welcome.Colour", "Outputs.Machine.Value.Fn::GetAtt")]
    [InlineData("!Ref Welcome", "!Select [3, [a, b]]", "Outputs.Machine.Value.Fn::Select")]
    [InlineData("!Ref Welcome", "!FindInMap [Size, riscv, Memory]", "Outputs.Machine.Value.Fn::FindInMap[1]")]
    [InlineData("!Ref Welcome", "!If [HasPhone, a, b]", "Outputs.Machine.Value.Fn::If")]
    [InlineData("!Ref Welcome", "!Equals [a, b]", "Outputs.Machine.Value.Fn::Equals")]
    [InlineData("!Ref Welcome", "{ Ref: Welcome, Also: this }", "Outputs.Machine.Value")]
    [InlineData("Condition: HasEmail\n    Properties", "Condition: HasPhone\n    Properties", "Resources.Letters.Condition")]
    [InlineData("HasEmail: !Not [!Equals [!Ref Email, '']]", "HasEmail: !Condition HasEmail", "Conditions.HasEmail")]
    [InlineData("HasEmail: !Not [!Equals [!Ref Email, '']]", "HasEmail: !Ref Email", "Conditions.HasEmail")]
    [InlineData("Handler: Greetings::Greetings.Look_Handle_Generated::Handle", "Handler:", "Resources.Look.Properties.Handler")]
    [InlineData("Greetings::Greetings.Look_Handle_Generated::Handle", "Greetings::Greetings.Look Handle::Handle", "Resources.Look.Properties.Handler")]
    [InlineData("        GreetArn: !GetAtt Greet.Arn\n", "", "Resources.Welcome.Properties.DefinitionSubstitutions")]
    [InlineData("GreetArn:", "Unused: x\n        GreetArn:", "Resources.Welcome.Properties.DefinitionSubstitutions.Unused")]
    [InlineData("welcome.asl.json", "farewell.asl.json", "Resources.Welcome.Properties.DefinitionUri")]
    [InlineData("CodeUri: .", "CodeUri: nowhere", "Resources.Greet.Properties.CodeUri")]
    [InlineData("Action: sns:Publish\n              Resource: !Ref News\n            - Sid", "NotAction: sns:Publish\n              Resource: !Ref News\n            - Sid", "Resources.Greet.Properties.Policies[0].Statement[0].NotAction")]
    [InlineData("                - logs:DescribeLogGroups\n", "", "Resources.Welcome.Properties.Logging")]
    [InlineData("TOPIC: !Ref News", "TOPIC: !Ref Welcome", "Resources.Welcome.Properties.DefinitionSubstitutions.GreetArn.Fn::GetAtt")]
    [InlineData("Metadata: { DockerTag: none }", "DependsOn: Nobody", "Resources.Greet.DependsOn")]
    public void What_is_not_known_is_refused_by_its_path(string text, string other, string path)
    {
        var yaml = SmallStack.With(text, other);

        Assert.Equal(path, Assert.Throws<TemplateException>(() => small.Deploy(yaml)).Path);
    }

    [Theory]
    [InlineData("VpcId", "vpc-1")]
    [InlineData("SubnetIds", "subnet-0123456789abcdef0,vpc-0123456789abcdef0")]
    [InlineData("Email", "nobody")]
    [InlineData("Architecture", "riscv")]
    [InlineData("Seconds", "2")]
    [InlineData("Seconds", "61")]
    [InlineData("Seconds", "many")]
    [InlineData("Colour", "blue")]
    public void A_parameter_is_checked_before_anything_is_made(string name, string value) =>
        Assert.Equal($"Parameters.{name}", Assert.Throws<TemplateException>(() => small.Deploy((name, value))).Path);

    [Theory]
    [InlineData("Type: AWS::EC2::VPC::Id\n", "VpcId")]
    [InlineData("Type: List<AWS::EC2::Subnet::Id>\n", "SubnetIds")]
    public void Only_texts_have_a_pattern(string type, string name)
    {
        var template = Template.Read(SmallStack.With(type, $"{type}    AllowedPattern: .*\n"), small.Folder);

        Assert.Equal($"Parameters.{name}.AllowedPattern", Assert.Throws<TemplateException>(() => template.Deploy(small.Cloud, "hello", SmallStack.Parameters)).Path);
    }

    [Fact]
    public void A_parameter_without_default_must_be_given() =>
        Assert.Equal("Parameters.VpcId", Assert.Throws<TemplateException>(() =>
            Template.Read(SmallStack.Yaml, small.Folder).Deploy(small.Cloud, "hello", SmallStack.Parameters.Remove("VpcId"))).Path);

    [Fact]
    public void A_circle_is_named()
    {
        var yaml = SmallStack.With("TOPIC: !Ref News", "TOPIC: !Ref Welcome");

        Assert.Contains("Greet → Welcome → Greet", Assert.Throws<TemplateException>(() => small.Deploy(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_that_is_too_large_is_refused() =>
        Assert.Equal(
            "Resources.Greet.Properties.Environment.Variables",
            Assert.Throws<TemplateException>(() => small.Deploy(SmallStack.With("TOPIC: !Ref News", $"TOPIC: {new string('x', 4_080)}"))).Path);

    [Fact]
    public void A_doubled_key_is_refused() =>
        Assert.Throws<TemplateException>(() => Template.Read(SmallStack.With("Runtime: dotnet10", "Runtime: dotnet10\n    Runtime: dotnet10"), small.Folder));

    [Fact]
    public void A_reference_to_what_a_condition_left_out_is_refused() =>
        Assert.Equal("Outputs.Machine.Value.Ref", Assert.Throws<TemplateException>(() => small.Deploy(SmallStack.With("!Ref Welcome", "!Ref Letters"))).Path);
}
