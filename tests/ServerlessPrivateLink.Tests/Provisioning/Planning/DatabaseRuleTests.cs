using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

public class DatabaseRuleTests
{
    [Fact]
    public void An_available_instance_in_the_stacks_vpc_needs_no_word() =>
        Assert.Empty(DatabaseRule.Of(Account.Instance("orders-prod"), "$.databases[0]", Account.Postgres, Account.Stack));

    [Fact]
    public void A_missing_instance_is_refused_with_the_nearest_names()
    {
        var refusal = Refuse(Account.Instance("orders-prd"), new FoundDatabase.Missing(["orders-prod", "orders-dev"], null));

        Assert.Equal((RefusalCode.DatabaseNotFound, "$.databases[0].instance"), (refusal.Code, refusal.Path));
        Assert.Contains("\"orders-prod\" or \"orders-dev\"", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_the_other_kind_is_said_to_be_one() =>
        Assert.Contains("\"cluster\": \"ledger\"", Refuse(Account.Instance("ledger"), new FoundDatabase.Missing([], "cluster")).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData("creating")]
    [InlineData("stopped")]
    [InlineData("deleting")]
    [InlineData("storage-full")]
    [InlineData("inaccessible-encryption-credentials")]
    public void A_database_that_does_not_serve_is_refused(string status)
    {
        var refusal = Refuse(Account.Instance("orders-prod"), Account.Postgres with { Status = status, Port = null });

        Assert.Equal(RefusalCode.DatabaseNotAvailable, refusal.Code);
        Assert.Contains(status, refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("aws rds wait db-instance-available --region eu-central-1 --db-instance-identifier orders-prod", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backing-up")]
    [InlineData("modifying")]
    public void A_passing_status_is_a_warning_alone(string status) =>
        Assert.IsType<Finding.Warning>(Assert.Single(Judge(Account.Instance("orders-prod"), Account.Postgres with { Status = status })));

    [Fact]
    public void A_standby_is_kept_of_a_multi_az_instance_alone()
    {
        var kept = Account.Instance("orders-prod") with { KeepsStandby = true };
        var single = Refuse(kept, Account.Postgres with { HasStandby = false });
        var member = Assert.Single(Judge(kept, Account.Postgres with { MemberOf = "ledger" }).OfType<Finding.Refusal>());

        Assert.Empty(Judge(kept, Account.Postgres));
        Assert.Empty(Judge(Account.Instance("orders-prod"), Account.Postgres with { HasStandby = false }));
        Assert.Equal((RefusalCode.StandbyNotKept, "$.databases[0].standby"), (single.Code, single.Path));
        Assert.Contains("--multi-az", single.Remedy, StringComparison.Ordinal);
        Assert.Contains("member of the cluster ledger", member.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlserver-ee")]
    [InlineData("sqlserver-se")]
    [InlineData("custom-sqlserver-ee")]
    public void A_standby_that_is_live_is_not_kept(string engine)
    {
        var refusal = Refuse(Account.Instance("orders-prod") with { KeepsStandby = true }, Account.Postgres with { Engine = engine });

        Assert.Equal((RefusalCode.StandbyNotKept, "$.databases[0].standby"), (refusal.Code, refusal.Path));
        Assert.Contains("is live", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_another_region_or_vpc_is_refused()
    {
        Assert.Equal(RefusalCode.DatabaseInOtherRegion, Refuse(Account.Instance("orders-prod"), Account.Postgres with { Arn = "arn:aws:rds:us-east-1:123456789012:db:orders-prod" }).Code);

        var other = Refuse(Account.Instance("orders-prod"), Account.Postgres with { VpcId = "vpc-0b2" });
        Assert.Equal(RefusalCode.DatabaseInOtherVpc, other.Code);
        Assert.Contains("VpcId=vpc-0b2", other.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_writer_is_reached_by_its_own_name_and_readers_by_theirs_in_a_steady_order()
    {
        Assert.Equal(["ledger-1.abc"], DatabaseRule.HostsOf(Account.Cluster("ledger", DatabaseKind.ClusterWriter), Account.Aurora).ToArray());
        Assert.Equal(["ledger-2.abc", "ledger-3.abc"], DatabaseRule.HostsOf(Account.Cluster("ledger", DatabaseKind.ClusterReader), Account.Aurora).ToArray());
        Assert.Equal(["pg.example"], DatabaseRule.HostsOf(Account.Host("pg.example", 5432), new FoundDatabase.Host()).ToArray());
    }

    [Theory]
    [InlineData("stopped", "ledger-3.abc")]
    [InlineData("creating", null)]
    public void A_reader_that_does_not_serve_is_left_out_with_a_warning(string status, string? host)
    {
        var cluster = Account.Aurora with { Instances = Account.Aurora.Instances.SetItem(2, Account.Aurora.Instances[2] with { Status = status, Host = host }) };
        var database = Account.Cluster("ledger", DatabaseKind.ClusterReader);

        Assert.Equal(["ledger-2.abc"], DatabaseRule.HostsOf(database, cluster).ToArray());
        Assert.Contains("ledger-3", Assert.IsType<Finding.Warning>(Assert.Single(Judge(database, cluster))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_needs_the_instances_that_are_asked_for()
    {
        var writerAlone = Account.Aurora with { Instances = [Account.Aurora.Instances[1]] };
        Assert.Equal(RefusalCode.DatabaseWithoutReader, Refuse(Account.Cluster("ledger", DatabaseKind.ClusterReader), writerAlone).Code);
        Assert.Equal(RefusalCode.DatabaseWithoutWriter, Refuse(Account.Cluster("ledger", DatabaseKind.ClusterWriter), Account.Aurora with { Instances = [] }).Code);

        var stopped = Account.Aurora with { Instances = [Account.Aurora.Instances[1] with { Status = "stopped" }] };
        Assert.Equal(RefusalCode.DatabaseNotAvailable, Refuse(Account.Cluster("ledger", DatabaseKind.ClusterWriter), stopped).Code);
    }

    [Fact]
    public void What_pins_or_shows_a_database_is_a_warning()
    {
        Assert.Contains("cluster ledger", Warn(Account.Instance("ledger-1"), Account.Postgres with { MemberOf = "ledger" }), StringComparison.Ordinal);
        Assert.Contains("publicly accessible", Warn(Account.Instance("orders-prod"), Account.Postgres with { Instances = [Account.Postgres.Instances[0] with { IsPublic = true }] }), StringComparison.Ordinal);
        Assert.Contains("endpoint of RDS", Warn(Account.Host("x.abc.eu-central-1.rds.amazonaws.com", 5432), new FoundDatabase.Host()), StringComparison.Ordinal);
        Assert.Contains("max_connect_errors", Warn(Account.Host("my.example", 3306), new FoundDatabase.Host()), StringComparison.Ordinal);
    }

    private static ImmutableArray<Finding> Judge(Database database, FoundDatabase found) => [.. DatabaseRule.Of(database, "$.databases[0]", found, Account.Stack)];

    private static Finding.Refusal Refuse(Database database, FoundDatabase found) => Assert.IsType<Finding.Refusal>(Assert.Single(Judge(database, found)));

    private static string Warn(Database database, FoundDatabase found) => Assert.IsType<Finding.Warning>(Assert.Single(Judge(database, found))).Text;
}
