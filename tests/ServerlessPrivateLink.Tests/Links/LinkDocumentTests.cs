using System.Text;
using ServerlessPrivateLink.Links;
using Xunit;

namespace ServerlessPrivateLink.Tests.Links;

public class LinkDocumentTests
{
    [Fact]
    public void A_full_document_says_what_it_says()
    {
        var (link, errors) = Documents.Read(Documents.Valid);

        Assert.Empty(errors);
        Assert.Equal("orders", link!.Name);
        Assert.Equal(Ingress.SecurityGroup, link.Ingress);
        Assert.Equal([DatabaseKind.Instance, DatabaseKind.ClusterWriter, DatabaseKind.Host], link.Databases.Select(database => database.Kind));
        Assert.Equal([null, 5433, 5434], link.Databases.Select(database => database.ListenerPort));
        Assert.Equal("10.9.0.0/16", Assert.Single(link.Databases[2].AllowedCidrs));
        Assert.Equal(["arn:aws:iam::133737826969:root", "arn:aws:iam::210987654321:role/reader"], link.Consumers.Select(consumer => consumer.Principal));
        Assert.Equal(new AcceptanceRule(Acceptance.Auto, null, [], null, []), link.Consumers[0].Rule);
        Assert.Equal(new DateOnly(2027, 6, 30), link.Consumers[1].Rule.Until);
        Assert.Equal("210987654321", link.Consumers[1].AccountId);
    }

    [Fact]
    public void An_account_id_becomes_the_root_of_the_stacks_partition()
    {
        var link = LinkDocument.Read(Encoding.UTF8.GetBytes(Documents.With("consumers", """["133737826969"]""")), "aws-cn", Documents.Today).Link;

        Assert.Equal("arn:aws-cn:iam::133737826969:root", Assert.Single(link!.Consumers).Principal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_error() => Assert.NotNull(Documents.Read("\uFEFF" + Documents.Valid).Link);

    [Fact]
    public void Writer_and_reader_of_one_cluster_and_two_ports_of_one_host_are_different_databases()
    {
        var text = Documents.With("databases", """
            [{"cluster":"ledger"},{"cluster":"ledger","endpoint":"reader","listenerPort":5433},
             {"host":"a.example","port":5000},{"host":"a.example","port":5001}]
            """);

        Assert.Empty(Documents.Read(text).Errors);
    }

    [Fact]
    public void A_standby_is_kept_only_where_the_document_says_so()
    {
        Assert.False(Documents.Read(Documents.Valid).Link!.Databases[0].KeepsStandby);
        Assert.True(Documents.Read(Documents.With("databases.0.standby", "\"keep\"")).Link!.Databases[0].KeepsStandby);
    }

    [Fact]
    public void The_last_day_still_counts() =>
        Assert.Empty(Documents.Read(Documents.With("consumers.1.until", "\"2026-11-21\"")).Errors);

    [Fact]
    public void Rules_of_one_account_may_name_their_regions_in_any_order() =>
        Assert.Empty(Documents.Read(Documents.With("consumers", """
            [{"principal":"133737826969","regions":["eu-west-1","us-east-1"]},
             {"principal":"arn:aws:iam::133737826969:user/ann","regions":["us-east-1","eu-west-1"]}]
            """)).Errors);

    [Theory]
    [InlineData("name", null, "$.name", "nothing")]
    [InlineData("name", "7", "$.name", "7")]
    [InlineData("name", "\"Orders\"", "$.name", "\"Orders\"")]
    [InlineData("name", "\"-orders\"", "$.name", "\"-orders\"")]
    [InlineData("name", "\"or--ders\"", "$.name", "\"or--ders\"")]
    [InlineData("name", "\"\"", "$.name", "\"\"")]
    [InlineData("name", "\"orders\\n\"", "$.name", "\"orders\\n\"")]
    [InlineData("name", "\"a-name-of-21-letters-x\"", "$.name", "\"a-name-of-21-letters-x\"")]
    [InlineData("databases", null, "$.databases", "nothing")]
    [InlineData("databases", "[]", "$.databases", "[]")]
    [InlineData("databases", "{\"instance\":\"a\"}", "$.databases", "{…}")]
    [InlineData("databases.0", "\"orders-prod\"", "$.databases[0]", "\"orders-prod\"")]
    [InlineData("databases.0", "null", "$.databases[0]", "null")]
    [InlineData("databases.0", "{}", "$.databases[0]", "none of them")]
    [InlineData("databases.0.cluster", "\"ledger\"", "$.databases[0]", "\"instance\" and \"cluster\"")]
    [InlineData("databases.0.instance", "\"Orders-Prod\"", "$.databases[0].instance", "\"Orders-Prod\"")]
    [InlineData("databases.0.instance", "\"arn:aws:rds:eu-west-1:123456789012:db:orders\"", "$.databases[0].instance", "arn:aws:rds")]
    [InlineData("databases.0.instance", "\"orders-\"", "$.databases[0].instance", "\"orders-\"")]
    [InlineData("databases.0.port", "5432", "$.databases[0].port", "5432")]
    [InlineData("databases.0.endpoint", "\"reader\"", "$.databases[0].endpoint", "\"reader\"")]
    [InlineData("databases.0.allowedCidrs", "[\"10.0.0.0/8\"]", "$.databases[0].allowedCidrs", "[…]")]
    [InlineData("databases.0.standby", "true", "$.databases[0].standby", "true")]
    [InlineData("databases.0.standby", "\"Keep\"", "$.databases[0].standby", "\"Keep\"")]
    [InlineData("databases.1.standby", "\"keep\"", "$.databases[1].standby", "\"keep\"")]
    [InlineData("databases.2.standby", "\"drop\"", "$.databases[2].standby", "\"drop\"")]
    [InlineData("databases.0.ignoreConnectErrors", "\"yes\"", "$.databases[0].ignoreConnectErrors", "\"yes\"")]
    [InlineData("databases.0.listenerPort", "0", "$.databases[0].listenerPort", "0")]
    [InlineData("databases.0.listenerPort", "65536", "$.databases[0].listenerPort", "65536")]
    [InlineData("databases.0.listenerPort", "-1", "$.databases[0].listenerPort", "-1")]
    [InlineData("databases.0.listenerPort", "5432.0", "$.databases[0].listenerPort", "5432.0")]
    [InlineData("databases.0.listenerPort", "1e3", "$.databases[0].listenerPort", "1e3")]
    [InlineData("databases.0.listenerPort", "99999999999999999999999999999999", "$.databases[0].listenerPort", "99999")]
    [InlineData("databases.0.listenerPort", "\"5432\"", "$.databases[0].listenerPort", "\"5432\"")]
    [InlineData("databases.1.endpoint", "\"primary\"", "$.databases[1].endpoint", "\"primary\"")]
    [InlineData("databases.1.listenerPort", "5434", "$.databases[2].listenerPort", "5434")]
    [InlineData("databases.2.host", "\"10.1.2.3\"", "$.databases[2].host", "\"10.1.2.3\"")]
    [InlineData("databases.2.host", "\"fd00::1\"", "$.databases[2].host", "\"fd00::1\"")]
    [InlineData("databases.2.host", "\"PG.corp.example.\"", "$.databases[2].host", "\"PG.corp.example.\"")]
    [InlineData("databases.2.host", "\"localhost\"", "$.databases[2].host", "\"localhost\"")]
    [InlineData("databases.2.port", null, "$.databases[2].port", "nothing")]
    [InlineData("databases.2.ignoreConnectErrors", "true", "$.databases[2].ignoreConnectErrors", "true")]
    [InlineData("databases.2.allowedCidrs.0", "\"10.9.1.0/16\"", "$.databases[2].allowedCidrs[0]", "\"10.9.1.0/16\"")]
    [InlineData("databases.2.allowedCidrs.0", "\"8.8.8.0/24\"", "$.databases[2].allowedCidrs[0]", "\"8.8.8.0/24\"")]
    [InlineData("databases.2.allowedCidrs.0", "\"10.0.0.0/7\"", "$.databases[2].allowedCidrs[0]", "\"10.0.0.0/7\"")]
    [InlineData("databases.2.allowedCidrs.0", "\"fd00::/8\"", "$.databases[2].allowedCidrs[0]", "\"fd00::/8\"")]
    [InlineData("databases.2.allowedCidrs.0", "\"10.010.0.0/16\"", "$.databases[2].allowedCidrs[0]", "\"10.010.0.0/16\"")]
    [InlineData("databases.2.allowedCidrs", "[\"10.9.0.0/16\",\"10.9.0.0/16\"]", "$.databases[2].allowedCidrs[1]", "\"10.9.0.0/16\"")]
    [InlineData("consumers", "[]", "$.consumers", "[]")]
    [InlineData("consumers.0", "133737826969", "$.consumers[0]", "133737826969")]
    [InlineData("consumers.0", "\"13373782696\"", "$.consumers[0]", "\"13373782696\"")]
    [InlineData("consumers.0", "\"*\"", "$.consumers[0]", "\"*\"")]
    [InlineData("consumers.0", "\"arn:aws:iam::210987654321:root\"", "$.consumers[1]", "\"accept\" and \"maxConnections\"")]
    [InlineData("consumers.1.principal", null, "$.consumers[1].principal", "nothing")]
    [InlineData("consumers.1.principal", "\"arn:aws:iam::210987654321:role/*\"", "$.consumers[1].principal", "role/*")]
    [InlineData("consumers.1.principal", "\"arn:aws:iam::210987654321:role/team/reader\"", "$.consumers[1].principal", "role/team/reader")]
    [InlineData("consumers.1.principal", "\"arn:aws-cn:iam::210987654321:root\"", "$.consumers[1].principal", "aws-cn")]
    [InlineData("consumers.1.principal", "\"arn:aws:sts::210987654321:assumed-role/reader/x\"", "$.consumers[1].principal", "assumed-role")]
    [InlineData("consumers.1.principal", "\"arn:aws:iam::210987654321:group/readers\"", "$.consumers[1].principal", "group/readers")]
    [InlineData("consumers.1.accept", "\"yes\"", "$.consumers[1].accept", "\"yes\"")]
    [InlineData("consumers.1.maxConnections", "0", "$.consumers[1].maxConnections", "0")]
    [InlineData("consumers.1.regions", "\"eu-central-1\"", "$.consumers[1].regions", "\"eu-central-1\"")]
    [InlineData("consumers.1.regions.0", "\"Frankfurt\"", "$.consumers[1].regions[0]", "\"Frankfurt\"")]
    [InlineData("consumers.1.regions.0", "\"cn-north-1\"", "$.consumers[1].regions[0]", "\"cn-north-1\"")]
    [InlineData("consumers.1.regions.0", "1", "$.consumers[1].regions[0]", "1")]
    [InlineData("consumers.1.regions", """["af-south-1","ap-northeast-1","ap-northeast-2","ap-northeast-3","ap-south-1","ap-south-2","ap-southeast-1","ap-southeast-2","ap-southeast-3","ap-southeast-4","ca-central-1","ca-west-1","eu-central-1","eu-central-2","eu-north-1","eu-south-1","eu-south-2","eu-west-1","eu-west-2","eu-west-3","sa-east-1","us-east-1","us-east-2"]""", "$.consumers[1].regions", "[…]")]
    [InlineData("consumers.1.until", "\"2026-11-20\"", "$.consumers[1].until", "\"2026-11-20\"")]
    [InlineData("consumers.1.until", "\"2027-02-29\"", "$.consumers[1].until", "\"2027-02-29\"")]
    [InlineData("consumers.1.until", "\"30.06.2027\"", "$.consumers[1].until", "\"30.06.2027\"")]
    [InlineData("ingress", "\"open\"", "$.ingress", "\"open\"")]
    [InlineData("subnetIds", "[]", "$.subnetIds", "[]")]
    [InlineData("subnetIds", "[\"vpc-0123456789abcdef0\"]", "$.subnetIds[0]", "\"vpc-0123456789abcdef0\"")]
    [InlineData("subnetIds", "[\"subnet-0123456789abcdef0\",\"subnet-0123456789abcdef0\"]", "$.subnetIds[1]", "subnet-0123456789abcdef0")]
    [InlineData("awaitConnection", "true", "$.awaitConnection", "true")]
    [InlineData("awaitConnection", "\"P8D\"", "$.awaitConnection", "\"P8D\"")]
    [InlineData("awaitConnection", "\"P1DT\"", "$.awaitConnection", "\"P1DT\"")]
    [InlineData("awaitConnection", "\"PT59S\"", "$.awaitConnection", "\"PT59S\"")]
    [InlineData("awaitConnection", "\"PT0M\"", "$.awaitConnection", "\"PT0M\"")]
    [InlineData("onRemoval", "\"drop\"", "$.onRemoval", "\"drop\"")]
    [InlineData("onFailure", "\"undo\"", "$.onFailure", "\"undo\"")]
    [InlineData("onFailure", "true", "$.onFailure", "true")]
    [InlineData("consumers.1.endpointIds", "[]", "$.consumers[1].endpointIds", "[]")]
    [InlineData("consumers.1.endpointIds", "[\"vpce-svc-01234567\"]", "$.consumers[1].endpointIds[0]", "\"vpce-svc-01234567\"")]
    [InlineData("consumers.1.endpointIds", "[\"vpce-01234567\",\"vpce-01234567\"]", "$.consumers[1].endpointIds[1]", "\"vpce-01234567\"")]
    [InlineData("owner's", "1", @"$['owner\'s']", "\"owner's\"")]
    public void One_wrong_field_is_one_error_at_its_place(string path, string? json, string errorPath, string found)
    {
        var (link, errors) = Documents.Read(Documents.With(path, json));

        Assert.Null(link);
        var error = Assert.Single(errors);
        Assert.Equal(errorPath, error.Path);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.NotEmpty(error.Allowed);
        Assert.NotEmpty(error.Message);
    }

    [Theory]
    [InlineData("databases.0.instance", "\"Orders-Prod\"", "\"orders-prod\"")]
    [InlineData("databases.2.host", "\"PG.corp.example.\"", "\"pg.corp.example\"")]
    [InlineData("databases.2.allowedCidrs.0", "\"10.9.1.7/16\"", "\"10.9.0.0/16\"")]
    [InlineData("databases.1.listenerPort", "5434", "\"listenerPort\": 5435")]
    [InlineData("consumer", "[]", "did you mean \"consumers\"?")]
    [InlineData("databases.0.listenerport", "1", "did you mean \"listenerPort\"?")]
    [InlineData("databases.1.standby", "\"keep\"", "A cluster has no standby")]
    [InlineData("databases.2.standby", "\"keep\"", "Leave the field out")]
    [InlineData("consumers.0", "\"*\"", "everyone in AWS")]
    public void An_error_says_what_to_write_instead(string path, string json, string advice) =>
        Assert.Contains(advice, Assert.Single(Documents.Read(Documents.With(path, json)).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var (_, errors) = Documents.Read("""
            { "nam": "x", "databases": [{ "instance": "a", "port": 1, "listenerPort": 70000 }, 5], "consumers": ["1", { "principal": "*", "accept": 1 }], "ingress": null }
            """);

        Assert.Equal(
            ["$.consumers[0]", "$.consumers[1].accept", "$.consumers[1].principal", "$.databases[0].listenerPort", "$.databases[0].port", "$.databases[1]", "$.ingress", "$.nam", "$.name"],
            errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_database_twice_names_the_first()
    {
        var errors = Documents.Read(Documents.With("databases", """[{"instance":"a"},{"instance":"b"},{"instance":"a","listenerPort":9}]""")).Errors;

        Assert.Equal(("$.databases[2]", "The same database stands at $.databases[0]."), (Assert.Single(errors).Path, errors[0].Message));
    }

    [Fact]
    public void Ports_that_are_proposed_for_two_clashes_differ()
    {
        var errors = Documents.Read(Documents.With("databases", """
            [{"instance":"a","listenerPort":65535},{"instance":"b","listenerPort":65535},{"instance":"c","listenerPort":65535},{"instance":"d","listenerPort":1024}]
            """)).Errors;

        Assert.Collection(errors,
            first => Assert.EndsWith("set \"listenerPort\": 1025.", first.Message, StringComparison.Ordinal),
            second => Assert.EndsWith("set \"listenerPort\": 1026.", second.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(51, 1)]
    public void A_load_balancer_has_fifty_listeners(int databases, int errors) =>
        Assert.Equal(errors, Documents.Read(Documents.With("databases",
            $"[{string.Join(',', Enumerable.Range(0, databases).Select(number => $$"""{"instance":"db{{number}}"}"""))}]")).Errors.Length);

    [Fact]
    public void The_exception_lists_every_error()
    {
        var errors = Documents.Read("""{ "name": "A", "databases": [], "consumers": [] }""").Errors;

        var message = new LinkDocumentInvalidException(errors).Message;

        Assert.Equal(3, errors.Length);
        Assert.All(errors, error => Assert.Contains($"{error.Path}: {error.Message}", message, StringComparison.Ordinal));
    }
}
