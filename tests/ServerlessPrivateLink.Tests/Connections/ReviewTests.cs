using System.Text.Json;
using LocalAws.Faults;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class ReviewTests
{
    [Fact]
    public void A_named_consumer_is_accepted_and_people_are_told_once()
    {
        var world = ReviewWorld.Quiet();
        var connection = world.Connect();

        var output = world.Succeed();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(5));
        var place = world.World.Cloud.Calls.Count;
        world.Succeed();

        Assert.Equal(connection.EndpointId, Assert.Single(output.GetProperty("Accepted").EnumerateArray()).GetString());
        Assert.Equal("available", world.StateOf(connection));
        Assert.Equal(["connection.accepted"], world.Told);
        Assert.Empty(world.World.ChangesSince(place));
    }

    [Fact]
    public void What_is_remembered_of_a_connection_is_on_it()
    {
        var world = ReviewWorld.Quiet();
        var connection = world.Connect();

        world.Succeed();

        Assert.Equal((World.StackName, "orders"), (connection.Tags[ResourceTags.Stack], connection.Tags[ResourceTags.Link]));
        Assert.StartsWith("Accept:WithinRule=", connection.Tags[ResourceTags.Decided], StringComparison.Ordinal);
        Assert.Equal(connection.Tags[ResourceTags.Decided], connection.Tags[ResourceTags.Told]);
    }

    [Fact]
    public void A_consumer_that_is_to_be_asked_about_waits_and_is_reminded_of_daily()
    {
        var world = ReviewWorld.Quiet("""{ "principal": "210987654321", "accept": "ask" }""");
        var connection = world.Connect(ReviewWorld.Asked);

        world.Succeed();
        world.Succeed();
        world.World.Cloud.Time.Advance(TimeSpan.FromHours(24));
        world.Succeed();

        Assert.Equal("pendingAcceptance", world.StateOf(connection));
        Assert.Equal(["connection.flagged", "connection.flagged"], world.Told);
    }

    [Fact]
    public void An_account_that_was_allowed_by_hand_is_flagged_and_left_alone()
    {
        var world = ReviewWorld.Quiet();
        world.AllowByHand(ReviewWorld.Stranger);
        var (pending, accepted) = (world.Connect(ReviewWorld.Stranger), world.Connect(ReviewWorld.Stranger));
        world.AcceptByHand(accepted);
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        world.Succeed();

        Assert.Equal(("pendingAcceptance", "available"), (world.StateOf(pending), world.StateOf(accepted)));
        Assert.Equal(["connection.flagged", "connection.flagged"], world.Told);
    }

    [Fact]
    public void The_second_endpoint_of_an_account_that_may_have_one_is_flagged()
    {
        var world = ReviewWorld.Quiet("""{ "principal": "133737826969", "maxConnections": 1 }""");
        var (first, second) = (world.Connect(), world.Connect());

        world.Succeed();

        Assert.Equal(("pending", "pendingAcceptance"), (world.StateOf(first), world.StateOf(second)));
        Assert.Equal(["connection.accepted", "connection.flagged"], world.Told);
    }

    [Fact]
    public void A_connection_is_cut_when_the_last_day_is_over()
    {
        var world = ReviewWorld.Quiet("""{ "principal": "133737826969", "until": "2026-01-02" }""");
        var connection = world.Connect();
        world.Succeed();
        world.World.Cloud.Time.Advance(TimeSpan.FromHours(39.5));
        world.Succeed();
        Assert.Equal("available", world.StateOf(connection));

        world.World.Cloud.Time.Advance(TimeSpan.FromHours(1));
        world.Succeed();

        Assert.Equal("rejected", world.StateOf(connection));
        Assert.Equal(["connection.accepted", "connection.rejected"], world.Told);
    }

    [Fact]
    public void A_consumer_that_is_never_accepted_is_rejected()
    {
        var world = ReviewWorld.Quiet("""{ "principal": "133737826969", "accept": "never" }""");
        var connection = world.Connect();

        world.Succeed();

        Assert.Equal("rejected", world.StateOf(connection));
        Assert.Equal(["connection.rejected"], world.Told);
    }

    [Theory]
    [InlineData("", "rejected")]
    [InlineData(""", "onRemoval": "keep" """, "available")]
    public void A_consumer_that_is_taken_out_of_the_document_is_cut_unless_it_says_otherwise(string more, string state)
    {
        var world = ReviewWorld.Quiet("\"133737826969\", \"210987654321\"");
        var connection = world.Connect(ReviewWorld.Asked);
        world.Succeed();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        world.World.Build(World.Document(consumers: "\"133737826969\"", more: more));
        world.Succeed();

        Assert.Equal(state, world.StateOf(connection));
        Assert.Equal(["connection.accepted", state == "available" ? "connection.flagged" : "connection.rejected"], world.Told);
    }

    [Fact]
    public void What_a_person_accepted_within_the_rules_is_nobodys_news()
    {
        var world = ReviewWorld.Quiet("""{ "principal": "210987654321", "accept": "ask" }""");
        var connection = world.Connect(ReviewWorld.Asked);
        world.AcceptByHand(connection);

        world.Succeed();

        Assert.Empty(world.Told);
    }

    [Theory]
    [InlineData("CreateTags", ResourceTags.Telling, 1)]
    [InlineData("Publish", null, 1)]
    [InlineData("CreateTags", ResourceTags.Told, 2)]
    [InlineData("DeleteTags", ResourceTags.Telling, 1)]
    public void A_review_that_dies_after_it_accepted_is_told_of_by_a_later_one_with_the_same_id(string dies, string? key, int told)
    {
        var world = ReviewWorld.Quiet();
        var connection = world.Connect();
        world.World.Cloud.Faults.Plan(FaultKind.CallerDiesBefore, call => call.Operation.Name == dies && (key is null || call.Form.Text("Tag.1.Key") == key));

        var (_, error) = world.Review();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(5));
        world.Succeed();
        world.Succeed();

        Assert.NotNull(error);
        Assert.NotEqual("pendingAcceptance", world.StateOf(connection));
        Assert.Equal(told, world.Told.Length);
        Assert.Single(world.News.Select(static alert => IdOf(alert.TextFor("sqs"))).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_review_that_dies_before_it_acts_does_it_all_the_next_time()
    {
        var world = ReviewWorld.Quiet();
        var connection = world.Connect();
        world.World.Cloud.Faults.Plan(FaultKind.CallerDiesBefore, static call => call.Operation.Name == "AcceptVpcEndpointConnections");

        var (_, error) = world.Review();
        Assert.NotNull(error);
        Assert.Equal("pendingAcceptance", world.StateOf(connection));
        world.Succeed();
        world.World.Cloud.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("pending", world.StateOf(connection));
        Assert.Equal(["connection.accepted"], world.Told);
    }

    [Fact]
    public void An_endpoint_that_is_deleted_while_it_is_answered_is_nobodys_trouble()
    {
        var world = ReviewWorld.Quiet();
        var (gone, stays) = (world.Connect(), world.Connect());
        world.World.Cloud.Faults.Plan(FaultKind.ServerError, call =>
        {
            if (call.Operation.Name == "AcceptVpcEndpointConnections" && world.StateOf(gone) == "pendingAcceptance") world.World.Cloud.Ec2.Services.Disconnect(gone);
            return false;
        });

        world.Succeed();

        Assert.Equal("pending", world.StateOf(stays));
        Assert.Equal(["connection.accepted"], world.Told);
    }

    [Fact]
    public void One_links_trouble_is_not_anothers()
    {
        var world = ReviewWorld.Quiet();
        world.World.Build(World.Document().Replace("\"orders\"", "\"ledger\"", StringComparison.Ordinal));
        var services = world.World.Cloud.Ec2.All<LocalAws.Ec2.EndpointService>().ToArray();
        var connections = services.Select(service => world.World.Cloud.Ec2.Services.Connect(service.Name, ReviewWorld.Named)).ToArray();
        world.World.Cloud.Time.Advance(TimeSpan.FromSeconds(1));
        world.World.Cloud.Faults.Plan(FaultKind.ServerError, call => call.Operation.Name == "DescribeVpcEndpointServicePermissions" && call.Form.Text("ServiceId") == services[0].Id, times: 20);

        var (output, error) = world.Review();

        Assert.NotNull(error);
        Assert.Contains(services[0].Tags[ResourceTags.Link]!, output.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(("pendingAcceptance", "pending"), (world.StateOf(connections[0]), world.StateOf(connections[1])));
    }

    [Fact]
    public void An_event_that_names_a_service_of_the_stack_has_only_that_one_reviewed()
    {
        var world = ReviewWorld.Quiet();
        world.World.Build(World.Document().Replace("\"orders\"", "\"ledger\"", StringComparison.Ordinal));
        var service = world.World.Cloud.Ec2.All<LocalAws.Ec2.EndpointService>().Last();

        Assert.Equal(1, world.Succeed($$"""{ "detail": { "notification": { "Message": "{{service.Id}}" } } }""").GetProperty("Links").GetInt32());
        Assert.Equal(2, world.Succeed("""{ "detail": { "notification": { "Message": "vpce-svc-0fffffffffffffff0" } } }""").GetProperty("Links").GetInt32());
    }

    private static string IdOf(string document) => JsonDocument.Parse(document).RootElement.GetProperty("id").GetString()!;
}
