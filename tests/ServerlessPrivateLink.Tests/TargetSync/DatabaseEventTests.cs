using System.Text.Json;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class DatabaseEventTests
{
    /// <summary>The sample of "Monitoring Amazon RDS events", Amazon RDS User Guide, with its prefixed identifier.</summary>
    private const string InstanceEvent = """
        {
          "version": "0", "id": "68f6e973-1a0c-d37b-f2f2-94a7f62ffd4e", "detail-type": "RDS DB Instance Event", "source": "aws.rds", "account": "123456789012",
          "time": "2018-09-27T22:36:43Z", "region": "us-east-1", "resources": ["arn:aws:rds:us-east-1:123456789012:db:my-db-instance"],
          "detail": {
            "EventCategories": ["failover"], "SourceType": "DB_INSTANCE", "SourceArn": "arn:aws:rds:us-east-1:123456789012:db:my-db-instance",
            "Date": "2018-09-27T22:36:43.292Z", "Message": "A Multi-AZ failover has completed.", "SourceIdentifier": "rds:my-db-instance", "EventID": "RDS-EVENT-0049"
          }
        }
        """;

    [Fact]
    public void An_instances_event_names_the_instance() => Is(
        Read(InstanceEvent),
        "my-db-instance",
        ["my-db-instance"],
        "RDS-EVENT-0049",
        new(2018, 9, 27, 22, 36, 43, 292, TimeSpan.Zero));

    [Fact]
    public void A_clusters_event_names_its_writer_and_its_readers() => Is(
        Read("""
            {
              "id": "2c5c9739-02be-610b-ab16-33a388360c78", "detail-type": "RDS DB Cluster Event", "source": "aws.rds", "time": "2024-05-06T23:08:24Z",
              "resources": ["arn:aws:rds:us-east-1:123456789012:cluster:auroratestscaling"],
              "detail": {
                "EventCategories": ["failover"], "SourceType": "CLUSTER", "SourceArn": "arn:aws:rds:us-east-1:123456789012:cluster:auroratestscaling",
                "Date": "2024-05-06T23:08:24.252Z", "Message": "Completed failover to DB instance: auroratestscaling-liqeq", "SourceIdentifier": "auroratestscaling",
                "EventID": "RDS-EVENT-0071", "Tags": { "k": "v" }
              }
            }
            """),
        "auroratestscaling",
        ["auroratestscaling/writer", "auroratestscaling/reader"],
        "RDS-EVENT-0071",
        new(2024, 5, 6, 23, 8, 24, 252, TimeSpan.Zero));

    [Fact]
    public void A_switchover_may_be_of_any_database() => Is(
        Read("""
            { "id": "1", "detail-type": "RDS Blue Green Deployment Event", "source": "aws.rds", "resources": ["arn:aws:rds:us-east-1:123456789012:deployment:bgd-8zoxmgoxlyxm"],
              "detail": { "SourceType": "BLUE_GREEN_DEPLOYMENT", "SourceIdentifier": "bgd-8zoxmgoxlyxm", "EventID": "RDS-EVENT-0248" } }
            """),
        "bgd-8zoxmgoxlyxm",
        [],
        "RDS-EVENT-0248",
        null);

    [Theory]
    [InlineData("""{ "source": "aws.rds", "detail-type": "RDS DB Instance Event", "detail": { "SourceIdentifier": "rds:Orders-Prod" } }""")]
    [InlineData("""{ "source": "aws.rds", "detail-type": "RDS DB Instance Event", "resources": ["arn:aws-cn:rds:cn-north-1:111122223333:db:orders-prod"] }""")]
    [InlineData("""{ "source": "aws.rds", "detail": { "SourceType": "DB_INSTANCE", "SourceIdentifier": "orders-prod", "EventID": 71, "Date": "soon" }, "time": [] }""")]
    [InlineData("""{ "source": "aws.rds", "detail": { "SourceArn": "arn:aws:rds:eu-central-1:111122223333:db:orders-prod" }, "resources": "none" }""")]
    public void What_is_missing_or_odd_is_no_reason_to_miss_a_failover(string happened) => Is(Read(happened), "orders-prod", ["orders-prod"], "", null);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"aws.rds\"")]
    [InlineData("null")]
    [InlineData("""{ "source": "aws.ec2", "detail": { "SourceType": "DB_INSTANCE", "SourceIdentifier": "orders-prod" } }""")]
    [InlineData("""{ "source": "aws.rds", "detail-type": "RDS DB Snapshot Event", "detail": { "SourceArn": "arn:aws:rds:eu-central-1:111122223333:snapshot:orders-prod" } }""")]
    [InlineData("""{ "source": "aws.rds", "detail-type": "RDS DB Instance Event", "detail": null }""")]
    public void What_is_no_event_of_a_database_is_none(string happened) => Assert.Null(Read(happened));

    private static void Is(DatabaseEvent? told, string subject, string[] databases, string eventId, DateTimeOffset? at)
    {
        Assert.NotNull(told);
        Assert.Equal(databases, told.Databases);
        Assert.Equal((subject, eventId, at), (told.Subject, told.EventId, told.At));
    }

    private static DatabaseEvent? Read(string happened)
    {
        using var document = JsonDocument.Parse(happened);
        return DatabaseEvent.Read(document.RootElement);
    }
}
