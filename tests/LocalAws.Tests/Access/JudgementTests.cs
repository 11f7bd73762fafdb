using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Access;
using Xunit;

namespace LocalAws.Tests.Access;

public sealed class JudgementTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:alerts";
    private const string Key = "arn:aws:kms:eu-central-1:111122223333:key/k";

    private readonly AccessControl access = new(new(1));

    [Fact]
    public void What_nobody_allows_is_refused_in_iams_words()
    {
        var refusal = Assert.Throws<AccessDeniedException>(() => access.Demand(Role("""{"Effect":"Allow","Action":"sns:Subscribe","Resource":"*"}"""), new("sns:Publish", Topic, ConditionKeys.None)));

        Assert.Equal(
            $"User: arn:aws:sts::111122223333:assumed-role/role/session is not authorized to perform: sns:Publish on resource: {Topic} because no identity-based policy allows the sns:Publish action",
            refusal.Message);
    }

    [Fact]
    public void A_deny_wins_over_every_allow()
    {
        var role = Role("""{"Effect":"Allow","Action":"*","Resource":"*"}""", """{"Effect":"Deny","Action":"sns:*","Resource":"arn:aws:sns:*:*:al*"}""");

        var refusal = Assert.Throws<AccessDeniedException>(() => access.Demand(role, new("sns:Publish", Topic, ConditionKeys.None)));
        access.Demand(role, new("sns:Publish", Topic.Replace("alerts", "other", StringComparison.Ordinal), ConditionKeys.None));

        Assert.EndsWith("with an explicit deny in an identity-based policy", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SNS:pub*", "arn:aws:sns:*:*:alerts", true)]
    [InlineData("sns:Publish", "arn:aws:sns:*:*:Alerts", false)]
    public void Actions_compare_without_case_and_resources_with(string action, string resource, bool allowed) =>
        Assert.Equal(allowed, Allows(Role($$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}"""), "sns:Publish", Topic));

    [Fact]
    public void A_wildcard_does_not_reach_over_a_colon() =>
        Assert.False(Allows(Role("""{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:*:alerts:x"}"""), "sns:Publish", Topic));

    [Fact]
    public void An_action_without_resources_needs_a_star()
    {
        Assert.True(Allows(Role("""{"Effect":"Allow","Action":"ec2:DescribeVpcs","Resource":"*"}"""), "ec2:DescribeVpcs", "*"));
        Assert.False(Allows(Role("""{"Effect":"Allow","Action":"ec2:DescribeVpcs","Resource":"arn:aws:ec2:*:*:vpc/*"}"""), "ec2:DescribeVpcs", "*"));
    }

    [Fact]
    public void A_variable_stands_for_the_requests_value_and_matches_nothing_without_one()
    {
        var role = Role("""{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:*:${aws:PrincipalAccount}:${aws:PrincipalTag/Topic, 'alerts'}"}""");

        Assert.True(Allows(role, "sns:Publish", Topic, ConditionKeys.None.With("aws:PrincipalAccount", "111122223333")));
        Assert.False(Allows(role, "sns:Publish", Topic, ConditionKeys.None.With("aws:PrincipalAccount", "*")));
        Assert.False(Allows(role, "sns:Publish", Topic));
    }

    [Fact]
    public void All_conditions_of_a_statement_must_hold()
    {
        var role = Role("""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{"StringEquals":{"ec2:CreateAction":"CreateVpc","aws:RequestTag/Owner":"me"}}}""");
        var create = ConditionKeys.None.With("ec2:CreateAction", "CreateVpc");

        Assert.False(Allows(role, "ec2:CreateTags", "*", create));
        Assert.True(Allows(role, "ec2:CreateTags", "*", create.With("aws:RequestTag/Owner", "me")));
    }

    [Fact]
    public void A_topic_policy_may_allow_a_role_of_the_account_by_itself()
    {
        access.Attach(Topic, Resource("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/role"},"Action":"sns:Publish","Resource":"*"}"""));

        Assert.True(Allows(Role(), "sns:Publish", Topic));
        Assert.False(Allows(Role() with { Arn = "arn:aws:sts::111122223333:assumed-role/other/session" }, "sns:Publish", Topic));
    }

    [Fact]
    public void Naming_the_account_leaves_the_decision_to_its_own_policies()
    {
        access.Attach(Topic, Resource("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sns:Publish","Resource":"*"}"""));

        Assert.False(Allows(Role(), "sns:Publish", Topic));
    }

    [Fact]
    public void A_deny_at_the_resource_wins_too()
    {
        access.Attach(Topic, Resource("""{"Effect":"Deny","Principal":"*","Action":"sns:Publish","Resource":"*"}"""));

        Assert.False(Allows(Role("""{"Effect":"Allow","Action":"*","Resource":"*"}"""), "sns:Publish", Topic));
    }

    [Fact]
    public void A_role_uses_a_key_only_when_the_keys_policy_admits_its_account()
    {
        var role = Role("""{"Effect":"Allow","Action":"kms:GenerateDataKey*","Resource":"*"}""");

        Assert.False(Allows(role, "kms:GenerateDataKey", Key));
        access.Attach(Key, Resource("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}"""));
        Assert.True(Allows(role, "kms:GenerateDataKey", Key));
        Assert.False(Allows(Role(), "kms:GenerateDataKey", Key));
    }

    [Fact]
    public void Another_accounts_topic_needs_both_policies()
    {
        const string Foreign = "arn:aws:sns:eu-central-1:444455556666:alerts";
        var role = Role("""{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}""");

        Assert.False(Allows(role, "sns:Publish", Foreign));
        access.Attach(Foreign, Resource("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sns:Publish","Resource":"*"}"""));
        Assert.True(Allows(role, "sns:Publish", Foreign));
        Assert.False(Allows(Role(), "sns:Publish", Foreign));
    }

    [Fact]
    public void A_service_is_judged_by_the_resources_policy_alone()
    {
        var request = new AccessRequest("sns:Publish", Topic, ConditionKeys.None.With("aws:SourceAccount", "111122223333"));
        access.Attach(Topic, Resource("""{"Effect":"Allow","Principal":{"Service":"vpce.amazonaws.com"},"Action":"sns:Publish","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}"""));

        access.DemandOfService("vpce.amazonaws.com", request);
        Assert.Throws<AccessDeniedException>(() => access.DemandOfService("cloudwatch.amazonaws.com", request));
        Assert.Throws<AccessDeniedException>(() => access.DemandOfService("vpce.amazonaws.com", request with { Keys = ConditionKeys.None }));
        Assert.Throws<AccessDeniedException>(() => access.DemandOfService("vpce.amazonaws.com", request with { Resource = Topic + "2" }));
    }

    [Fact]
    public void The_operator_may_do_everything() => access.Demand(Role() with { Policies = null }, new("kms:ScheduleKeyDeletion", Key, ConditionKeys.None));

    [Fact]
    public void What_was_never_used_is_known()
    {
        var role = Role("""{"Sid":"Read","Effect":"Allow","Action":["ec2:DescribeVpcs","ec2:DescribeSubnets"],"Resource":"*"}""", """{"Sid":"Never","Effect":"Deny","Action":"s3:*","Resource":"*"}""");

        access.Demand(role, new("ec2:DescribeVpcs", "*", ConditionKeys.None));

        Assert.Equal(new("Tester", "p", "Read", "ec2:DescribeSubnets"), Assert.Single(access.Unused(role)));
        Assert.Equal(new("Tester", "p", "Read", "ec2:DescribeSubnets"), Assert.Single(access.Dispensable(role)));
    }

    [Fact]
    public void Two_permissions_for_one_thing_are_both_dispensable_though_used()
    {
        var role = Role("""{"Sid":"Wide","Effect":"Allow","Action":"ec2:Describe*","Resource":"*"}""", """{"Sid":"Narrow","Effect":"Allow","Action":"ec2:DescribeVpcs","Resource":"*"}""");

        access.Demand(role, new("ec2:DescribeVpcs", "*", ConditionKeys.None));

        Assert.Empty(access.Unused(role));
        Assert.Equal(["Wide", "Narrow"], access.Dispensable(role).Select(permission => permission.Statement));
        access.Demand(role, new("ec2:DescribeSubnets", "*", ConditionKeys.None));
        Assert.Equal(["Narrow"], access.Dispensable(role).Select(permission => permission.Statement));
    }

    [Fact]
    public void What_services_use_is_a_list_with_sources()
    {
        Assert.True(UsedByServices.Covers("logs:PutLogEvents", RoleDuty.FunctionLogs));
        Assert.False(UsedByServices.Covers("ec2:CreateNetworkInterface", RoleDuty.FunctionLogs));
        Assert.All(UsedByServices.All, use => Assert.NotEmpty(use.Source));
        Assert.Equal(UsedByServices.All.Length, UsedByServices.All.DistinctBy(use => (use.Duty, use.Action)).Count());
    }

    private static Caller Role(params ImmutableArray<string> statements) => new(
        "arn:aws:sts::111122223333:assumed-role/role/session",
        "111122223333",
        "Tester",
        [Policy.Read("p", Document(statements))],
        ConditionKeys.None);

    private static ResourcePolicy Resource(params ImmutableArray<string> statements) => ResourcePolicy.Read("r", Document(statements));

    private static JsonObject Document(ImmutableArray<string> statements) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements.Select(statement => JsonNode.Parse(statement))]) };

    private bool Allows(Caller caller, string action, string resource, ConditionKeys? keys = null)
    {
        try
        {
            access.Demand(caller, new(action, resource, keys ?? ConditionKeys.None));
            return true;
        }
        catch (AccessDeniedException)
        {
            return false;
        }
    }
}
