using Xunit;
using YamlDotNet.RepresentationModel;

namespace ServerlessPrivateLink.Tests.Deployment;

/// <summary>What each function may do, told a second time: a permission that is added or lost in the template is lost here as well, or shows.</summary>
public sealed class PermissionTests
{
    private const string OwnTag = "aws:ResourceTag/ServerlessPrivateLink:Stack";
    private const string RequestedTag = "aws:RequestTag/ServerlessPrivateLink:Stack";

    private static readonly string[] Publishing = ["sns:Publish", "kms:Decrypt", "kms:GenerateDataKey"];

    private static readonly string[] EveryPart =
    [
        "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcEndpointServiceConfigurations",
        "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags", "elasticloadbalancing:DescribeTargetGroups",
    ];

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["PlanLink"] =
        [
            "rds:DescribeDBInstances", "rds:DescribeDBClusters", "rds:DescribeDBParameters", "rds:DescribeDBClusterParameters",
            "ec2:DescribeAvailabilityZones", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
            "elasticloadbalancing:DescribeAccountLimits", "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags", "elasticloadbalancing:DescribeTargetGroups",
        ],
        ["ResolveAddresses"] = [],
        ["ProbeDatabase"] = [],
        ["EnsureTargetGroups"] =
        [
            "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:CreateTargetGroup", "elasticloadbalancing:AddTags", "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:AddTags",
            "ec2:DescribeInternetGateways", "ec2:DescribeVpcs", "iam:CreateServiceLinkedRole",
        ],
        ["RegisterTargets"] =
        [
            "elasticloadbalancing:DescribeTargetHealth", "elasticloadbalancing:RegisterTargets",
            "ec2:DescribeInstances", "ec2:DescribeInternetGateways", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
        ],
        ["EnsureSecurityGroup"] = ["ec2:DescribeSecurityGroups", "ec2:CreateSecurityGroup", "ec2:CreateSecurityGroup", "ec2:CreateTags"],
        ["EnsureLoadBalancer"] =
        [
            "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:AddTags", "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SetSubnets", "iam:CreateServiceLinkedRole",
            "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses", "ec2:DescribeInternetGateways", "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:GetSecurityGroupsForVpc",
        ],
        ["CheckLoadBalancer"] = ["elasticloadbalancing:DescribeLoadBalancers"],
        ["AuthorizeDatabaseIngress"] = ["ec2:DescribeSecurityGroupRules", "ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags"],
        ["EnsureListeners"] = ["elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeTags", "elasticloadbalancing:CreateListener", "elasticloadbalancing:AddTags", "elasticloadbalancing:AddTags", "elasticloadbalancing:ModifyListener"],
        ["EnsureEndpointService"] =
        [
            "ec2:DescribeVpcEndpointServiceConfigurations", "ec2:CreateVpcEndpointServiceConfiguration", "ec2:CreateTags",
            "ec2:ModifyVpcEndpointServiceConfiguration", "vpce:AllowMultiRegion",
        ],
        ["SubscribeConnectionEvents"] = ["ec2:DescribeVpcEndpointConnectionNotifications", "ec2:CreateVpcEndpointConnectionNotification"],
        ["AllowConsumers"] =
        [
            "ec2:DescribeVpcEndpointConnections", "ec2:DescribeVpcEndpointServicePermissions", "ec2:ModifyVpcEndpointServicePermissions",
            "ec2:RejectVpcEndpointConnections", "ec2:CreateTags", "ec2:CreateTags", "ec2:CreateTags", "ec2:CreateTags",
        ],
        ["CheckTargets"] = ["elasticloadbalancing:DescribeTargetHealth"],
        ["RemoveLeftovers"] =
        [
            "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteTargetGroup", "ec2:RevokeSecurityGroupIngress",
        ],
        ["AnnounceService"] = ["ec2:DescribeVpcEndpointServiceConfigurations", .. Publishing, "ec2:CreateTags"],
        ["CheckConnection"] = ["ec2:DescribeVpcEndpointConnections", .. Publishing],
        ["ReleaseMade"] = ["states:StartExecution", "states:DescribeExecution"],
        ["ReportFailure"] = Publishing,
        ["ReportExecution"] = Publishing,
        ["AnswerAnnounced"] = ["ssm:GetParameter", "ssm:PutParameter"],
        ["AnswerEnded"] = ["ssm:DeleteParameter", "ssm:GetParametersByPath", "ssm:PutParameter", "states:DescribeExecution", "states:StopExecution"],
        ["DeployLink"] = ["ssm:GetParameter", "ssm:GetParametersByPath", "ssm:PutParameter", "states:DescribeExecution", "states:StartExecution", "states:StopExecution", .. EveryPart],
        ["GuardLinks"] = ["ec2:DescribeVpcEndpointConnections", .. EveryPart],
        ["PlanRelease"] = [.. EveryPart, "elasticloadbalancing:DescribeListeners"],
        ["EndConnections"] =
        [
            "ec2:DescribeVpcEndpointConnections", "ec2:DescribeVpcEndpointServiceConfigurations", "ec2:RejectVpcEndpointConnections",
            "ec2:CreateTags", "ec2:CreateTags", "ec2:CreateTags", "ec2:DeleteTags", .. Publishing,
        ],
        ["DeleteEndpointService"] =
        [
            "ec2:DescribeVpcEndpointConnectionNotifications", "ec2:DescribeVpcEndpointConnections", "ec2:DescribeVpcEndpointServiceConfigurations",
            "ec2:DeleteVpcEndpointConnectionNotifications", "ec2:DeleteVpcEndpointServiceConfigurations",
        ],
        ["DeleteLoadBalancer"] = ["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags", "elasticloadbalancing:DeleteLoadBalancer"],
        ["RemoveListeners"] =
        [
            "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DeleteListener", "elasticloadbalancing:ModifyListener", "elasticloadbalancing:RemoveTags",
        ],
        ["DeleteTargetGroups"] = ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTags", "elasticloadbalancing:DeleteTargetGroup"],
        ["RevokeDatabaseIngress"] = ["ec2:DescribeSecurityGroupRules", "ec2:RevokeSecurityGroupIngress"],
        ["DeleteSecurityGroup"] = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DeleteSecurityGroup"],
        ["ReportRelease"] = [.. EveryPart, "elasticloadbalancing:DescribeListeners", .. Publishing],
        ["ReportReleaseFailure"] = Publishing,
        ["ReviewConnections"] =
        [
            "ec2:DescribeVpcEndpointConnections", "ec2:DescribeVpcEndpointServiceConfigurations", "ec2:DescribeVpcEndpointServicePermissions",
            "ec2:AcceptVpcEndpointConnections", "ec2:RejectVpcEndpointConnections", "ec2:CreateTags", "ec2:CreateTags", "ec2:CreateTags", "ec2:DeleteTags", .. Publishing,
        ],
        ["AnswerConnection"] =
        [
            "ec2:DescribeVpcEndpointConnections", "ec2:DescribeVpcEndpointServiceConfigurations", "ec2:DescribeVpcEndpointServicePermissions",
            "ec2:AcceptVpcEndpointConnections", "ec2:RejectVpcEndpointConnections", "ec2:CreateTags", "ec2:CreateTags", "ec2:CreateTags", "ec2:DeleteTags", .. Publishing,
        ],
        ["SyncTargets"] =
        [
            "tag:GetResources", "rds:DescribeDBClusters", "rds:DescribeDBInstances", "lambda:InvokeFunction",
            "elasticloadbalancing:DescribeTags", "elasticloadbalancing:DescribeTargetHealth",
            "elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:AddTags",
            "ec2:DescribeInstances", "ec2:DescribeInternetGateways", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DescribeVpcs", .. Publishing,
        ],
        ["ListNames"] = ["tag:GetResources", "rds:DescribeDBClusters"],
        ["StartFollow"] = ["tag:GetResources", "states:ListExecutions", "states:StartExecution"],
    };

    public static TheoryData<string> Functions => [.. TemplateFile.Functions.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_may_do_this_and_nothing_else(string id) =>
        Assert.Equal(Allowed[id].Order(StringComparer.Ordinal), Allows(id).SelectMany(Actions).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Functions))]
    public void Whatever_changes_something_is_bound_by_a_tag_or_names_its_resource(string id)
    {
        foreach (var statement in Allows(id))
        {
            var actions = Actions(statement).ToList();
            var everywhere = TemplateFile.Many(TemplateFile.At(statement, "Resource")).Contains("*", StringComparer.Ordinal);
            if (everywhere) Assert.All(actions, static action => Assert.True(action.Contains(":Describe", StringComparison.Ordinal) || action is "ec2:GetSecurityGroupsForVpc" or "tag:GetResources", action));
            Assert.All(actions, static action => Assert.DoesNotContain("*", action, StringComparison.Ordinal));
            if (TemplateFile.Text(statement, "Sid") is "ChangeOwn" or "AnswerOwn" or "Remember" or "RememberAnnouncement" or "ChangeRule" or "NoteOnOwn" or "RetagOwn" or "Claim" or "Release" or "Forget") Assert.Equal("AWS::StackName", Condition(statement, OwnTag));
            if (TemplateFile.Text(statement, "Sid") is "Create" or "TagOnCreate" or "TagOnce" or "NoteOnce" or "AddTaggedRules") Assert.Equal("AWS::StackName", Condition(statement, RequestedTag));
        }
    }

    [Fact]
    public void Tagging_is_allowed_on_create_once_on_a_permission_and_on_words_of_our_own()
    {
        var tagging = TemplateFile.Functions.Keys
            .SelectMany(Allows)
            .Where(static statement => Actions(statement).Any(static action => action is "ec2:CreateTags" or "elasticloadbalancing:AddTags"))
            .ToList();

        Assert.Equal(23, tagging.Count);
        Assert.All(tagging, static statement => Assert.True(
            Condition(statement, "ec2:CreateAction") is not null
            || Condition(statement, "elasticloadbalancing:CreateAction") is not null
            || (TemplateFile.At(statement, "Condition", "Null", OwnTag) as YamlScalarNode)?.Value == "true"
            || IsLimitedToWords(statement)));
    }

    [Theory]
    [InlineData("EndConnections", new[] { ResourceTags.Telling })]
    [InlineData("ReviewConnections", new[] { ResourceTags.Telling })]
    [InlineData("AnswerConnection", new[] { ResourceTags.Override, ResourceTags.Telling })]
    public void Of_tags_only_an_override_and_a_claim_can_be_taken_away_and_never_all_at_once(string id, string[] keys)
    {
        var delete = Assert.Single(Allows(id), static statement => Actions(statement).Contains("ec2:DeleteTags", StringComparer.Ordinal));

        Assert.Equal(keys, TemplateFile.Many(TemplateFile.At(delete, "Condition", "ForAllValues:StringEquals", "aws:TagKeys")));
        Assert.Equal("false", (TemplateFile.At(delete, "Condition", "Null", "aws:TagKeys") as YamlScalarNode)?.Value);
        Assert.EndsWith(":vpc-endpoint-connection/*", TemplateFile.Text(delete, "Resource"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_answers_to_connections_take_tags_away() => Assert.Equal(
        ["AnswerConnection", "EndConnections", "ReviewConnections"],
        TemplateFile.Functions.Keys.Where(static id => Allows(id).Any(static statement => Actions(statement).Contains("ec2:DeleteTags", StringComparer.Ordinal))).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("ReviewConnections")]
    [InlineData("AnswerConnection")]
    [InlineData("EndConnections")]
    public void A_claim_is_written_only_where_there_is_none(string id)
    {
        var claim = Assert.Single(Allows(id), static statement => TemplateFile.Text(statement, "Sid") == "Claim");

        Assert.Equal([ResourceTags.Telling], TemplateFile.Many(TemplateFile.At(claim, "Condition", "ForAllValues:StringEquals", "aws:TagKeys")));
        Assert.Equal("true", (TemplateFile.At(claim, "Condition", "Null", $"aws:ResourceTag/{ResourceTags.Telling}") as YamlScalarNode)?.Value);
    }

    [Theory]
    [InlineData("ResolveAddresses")]
    [InlineData("ProbeDatabase")]
    public void What_is_inside_the_vpc_can_use_nothing(string id)
    {
        var deny = Assert.Single(TemplateFile.Statements(TemplateFile.Functions[id]));

        Assert.Equal("Deny", TemplateFile.Text(deny, "Effect"));
        Assert.Equal("ec2:*", TemplateFile.Text(deny, "Action"));
        Assert.Equal("*", TemplateFile.Text(deny, "Resource"));
        Assert.NotNull(TemplateFile.At(deny, "Condition", "ArnLike", "lambda:SourceFunctionArn"));
    }

    [Fact]
    public void The_probe_reaches_dns_servers_and_the_stacks_load_balancers_and_nobody_else()
    {
        var resources = (YamlMappingNode)TemplateFile.At(TemplateFile.Root, "Resources")!;
        var way = resources["ProbeToBalancers"];

        Assert.All(
            (YamlSequenceNode)TemplateFile.At(resources["ProbeSecurityGroup"], "Properties", "SecurityGroupEgress")!,
            static rule => Assert.Equal(("53", "53"), (TemplateFile.Text(rule, "FromPort"), TemplateFile.Text(rule, "ToPort"))));
        Assert.Equal("ProbeSecurityGroup.GroupId", TemplateFile.Text(way, "Properties", "GroupId"));
        Assert.Equal("ProbedSecurityGroup.GroupId", TemplateFile.Text(way, "Properties", "DestinationSecurityGroupId"));
        Assert.Single(resources.Children.Values, static one => TemplateFile.Text(one, "Type") == "AWS::EC2::SecurityGroupEgress");
    }

    [Theory]
    [InlineData("RemoveLeftovers")]
    [InlineData("RevokeDatabaseIngress")]
    public void Databases_are_opened_and_closed_in_the_stacks_vpc_alone(string closing)
    {
        var open = Allows("AuthorizeDatabaseIngress").Single(static statement => TemplateFile.Text(statement, "Sid") == "OpenDatabases");
        var close = Allows(closing).Single(static statement => TemplateFile.Text(statement, "Sid") == "CloseDatabases");

        Assert.EndsWith(":vpc/${VpcId}", TemplateFile.Text(open, "Condition", "ArnEquals", "ec2:Vpc"), StringComparison.Ordinal);
        Assert.Equal(TemplateFile.At(open, "Condition"), TemplateFile.At(close, "Condition"));
        Assert.Equal(TemplateFile.At(open, "Resource"), TemplateFile.At(close, "Resource"));
    }

    [Theory]
    [InlineData("AlertTopicPolicy", "cloudwatch.amazonaws.com", ":alarm:*")]
    [InlineData("ConnectionTopicPolicy", "vpce.amazonaws.com", ":vpc-endpoint-service/*")]
    public void A_topic_takes_messages_of_one_service_for_this_account(string policy, string service, string source)
    {
        var statement = Assert.Single((YamlSequenceNode)TemplateFile.At(TemplateFile.Root, "Resources", policy, "Properties", "PolicyDocument", "Statement")!);

        Assert.Equal(service, TemplateFile.Text(statement, "Principal", "Service"));
        Assert.Equal("sns:Publish", TemplateFile.Text(statement, "Action"));
        Assert.Equal("AWS::AccountId", TemplateFile.Text(statement, "Condition", "StringEquals", "aws:SourceAccount"));
        Assert.EndsWith(source, TemplateFile.Text(statement, "Condition", "ArnLike", "aws:SourceArn"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_admits_the_services_that_publish_for_this_account()
    {
        var statements = (YamlSequenceNode)TemplateFile.At(TemplateFile.Root, "Resources", "TopicKey", "Properties", "KeyPolicy", "Statement")!;
        var services = statements.Single(static statement => TemplateFile.Text(statement, "Sid") == "ServicesThatPublish");

        Assert.Equal(["cloudwatch.amazonaws.com", "vpce.amazonaws.com"], TemplateFile.Many(TemplateFile.At(services, "Principal", "Service")));
        Assert.Equal(["kms:Decrypt", "kms:GenerateDataKey*"], TemplateFile.Many(TemplateFile.At(services, "Action")));
        Assert.Equal("AWS::AccountId", TemplateFile.Text(services, "Condition", "StringEquals", "aws:SourceAccount"));
        Assert.Equal(["kms:*"], Actions(statements.Single(static statement => TemplateFile.Text(statement, "Sid") == "AccountDecides")));
    }

    [Fact]
    public void The_state_machine_may_deliver_its_logs()
    {
        var deliver = TemplateFile.Statements(TemplateFile.StateMachines["Provision"]).Single(static statement => TemplateFile.Text(statement, "Sid") == "DeliverLogs");

        Assert.Equal(
            [
                "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies",
                "logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
            ],
            Actions(deliver));
    }

    private static IEnumerable<YamlMappingNode> Allows(string id) =>
        TemplateFile.Statements(TemplateFile.Functions[id]).Where(static statement => TemplateFile.Text(statement, "Effect") == "Allow");

    private static IEnumerable<string> Actions(YamlNode statement) => TemplateFile.Many(TemplateFile.At(statement, "Action"));

    private static string? Condition(YamlMappingNode statement, string key) => (TemplateFile.At(statement, "Condition", "StringEquals", key) as YamlScalarNode)?.Value;

    private static bool IsLimitedToWords(YamlMappingNode statement)
    {
        var words = TemplateFile.Many(TemplateFile.At(statement, "Condition", "ForAllValues:StringEquals", "aws:TagKeys")).ToList();
        return words.Count > 0 && !words.Contains(ResourceTags.Stack, StringComparer.Ordinal) && !words.Contains(ResourceTags.Link, StringComparer.Ordinal);
    }
}
