using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

public class ConnectErrorRuleTests
{
    [Theory]
    [InlineData("postgres")]
    [InlineData("aurora-postgresql")]
    [InlineData("sqlserver-se")]
    public void Engines_that_do_not_count_need_no_parameter(string engine) => Assert.Empty(Judge(engine, Own("100"), null));

    [Theory]
    [InlineData("mysql")]
    [InlineData("mariadb")]
    [InlineData("aurora-mysql")]
    [InlineData("aurora")]
    public void Engines_that_count_are_refused_with_the_exact_command(string engine)
    {
        var refusal = Assert.IsType<Finding.Refusal>(Assert.Single(Judge(engine, Own("999999"), null)));

        Assert.Equal((RefusalCode.ConnectErrorsTooFew, "$.databases[0].instance"), (refusal.Code, refusal.Path));
        Assert.Contains("999999", refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("aws rds modify-db-parameter-group --region eu-central-1 --db-parameter-group-name own --parameters ParameterName=max_connect_errors,ParameterValue=1000000,ApplyMethod=immediate",
            refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000000", null)]
    [InlineData("18446744073709551615", null)]
    [InlineData("100", "0")]
    [InlineData(null, "0")]
    public void Enough_errors_or_no_host_cache_are_fine(string? errors, string? cache) => Assert.Empty(Judge("mysql", Own(errors, cache), null));

    [Theory]
    [InlineData(null)]
    [InlineData("100")]
    public void What_nobody_set_is_a_hundred(string? errors) =>
        Assert.Contains("max_connect_errors 100", Assert.IsType<Finding.Refusal>(Assert.Single(Judge("mysql", Own(errors, "128"), null))).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_formula_is_not_guessed() =>
        Assert.Contains("{DBInstanceClassMemory/1024}", Assert.IsType<Finding.Warning>(Assert.Single(Judge("mysql", Own("{DBInstanceClassMemory/1024}"), null))).Text, StringComparison.Ordinal);

    [Fact]
    public void A_default_group_is_replaced_since_it_cannot_be_changed()
    {
        var remedy = Assert.IsType<Finding.Refusal>(Assert.Single(Judge("mysql", new ParameterGroup("default.mysql8.0", null, null, false), null))).Remedy;

        Assert.Contains("aws rds create-db-parameter-group --region eu-central-1 --db-parameter-group-name db-1-privatelink --db-parameter-group-family mysql8.0", remedy, StringComparison.Ordinal);
        Assert.Contains("aws rds modify-db-instance --region eu-central-1 --db-instance-identifier db-1 --db-parameter-group-name db-1-privatelink", remedy, StringComparison.Ordinal);
        Assert.Contains("aws rds reboot-db-instance", remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instances_own_group_wins_over_its_clusters()
    {
        var high = new ParameterGroup("cluster", "2000000", null, false);
        var low = new ParameterGroup("cluster", "10", null, false);

        Assert.Empty(Judge("aurora-mysql", Own(null), high));
        Assert.Empty(Judge("aurora-mysql", Own("1000000"), low));
        Assert.Contains("modify-db-parameter-group", Remedy(Judge("aurora-mysql", Own("10"), high)), StringComparison.Ordinal);
        Assert.Contains("modify-db-cluster-parameter-group --region eu-central-1 --db-cluster-parameter-group-name cluster", Remedy(Judge("aurora-mysql", Own(null), low)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clusters_default_group_is_replaced_for_the_cluster()
    {
        var remedy = Remedy(Judge("aurora-mysql", Own(null), new ParameterGroup("default.aurora-mysql8.0", null, null, false)));

        Assert.Contains("create-db-cluster-parameter-group --region eu-central-1 --db-cluster-parameter-group-name ledger-privatelink --db-parameter-group-family aurora-mysql8.0", remedy, StringComparison.Ordinal);
        Assert.Contains("modify-db-cluster --region eu-central-1 --db-cluster-identifier ledger --db-cluster-parameter-group-name ledger-privatelink", remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_member_is_looked_at_since_each_may_become_the_writer_and_equal_ones_are_told_once()
    {
        var found = Found("aurora-mysql", Own("1000000"), null) with
        {
            Instances = [Member("a", Own("1000000")), Member("b", Own("5")), Member("c", Own("5"))],
        };

        var refusal = Assert.IsType<Finding.Refusal>(Assert.Single(ConnectErrorRule.Of("ledger/writer", "$.databases[0].cluster", Account.Region, found)));

        Assert.Contains("b, c", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_waits_for_a_reboot_is_a_warning() =>
        Assert.Contains("pending a reboot", Assert.IsType<Finding.Warning>(Assert.Single(Judge("mysql", Own("1000000") with { IsPendingReboot = true }, null))).Text, StringComparison.Ordinal);

    private static ParameterGroup Own(string? errors, string? cache = null) => new("own", errors, cache, IsPendingReboot: false);

    private static FoundInstance Member(string name, ParameterGroup group) => new(name, "available", $"{name}.abc", IsWriter: false, IsPublic: false, group);

    private static FoundDatabase.Rds Found(string engine, ParameterGroup own, ParameterGroup? cluster) => Account.Aurora with { Engine = engine, Instances = [Member("db-1", own)], ClusterParameters = cluster };

    private static ImmutableArray<Finding> Judge(string engine, ParameterGroup own, ParameterGroup? cluster) =>
        [.. ConnectErrorRule.Of("db-1", "$.databases[0].instance", Account.Region, Found(engine, own, cluster))];

    private static string Remedy(ImmutableArray<Finding> findings) => Assert.IsType<Finding.Refusal>(Assert.Single(findings)).Remedy;
}
