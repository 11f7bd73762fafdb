using System.Text.Json;
using LocalAws.Faults;
using LocalAws.Sns;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class AnswerTests
{
    private const string Ask = """{ "principal": "210987654321", "accept": "ask" }""";

    [Fact]
    public void A_consumer_that_is_to_be_asked_about_is_accepted_and_told_of_once()
    {
        var world = new ReviewWorld(Ask);
        var connection = world.ConnectAndWait(ReviewWorld.Asked);

        Done(world.Answer(connection.EndpointId), "Accept");
        world.Succeed();

        Assert.Equal("pending", world.StateOf(connection));
        Assert.Equal(["connection.flagged", "connection.accepted"], world.Told);
        Assert.DoesNotContain(ResourceTags.Override, connection.Tags.Values.Keys);
        Assert.Equal((ReviewWorld.Anna, "they called"), (Fact(world.News.Last(), "who"), Fact(world.News.Last(), "why")));
    }

    [Fact]
    public void Against_a_rule_nothing_is_done_without_the_word_override()
    {
        var world = new ReviewWorld();
        world.AllowByHand(ReviewWorld.Stranger);
        var connection = world.ConnectAndWait(ReviewWorld.Stranger);
        var place = world.World.Cloud.Calls.Count;

        var (output, error) = world.Answer(connection.EndpointId);

        Assert.NotNull(error);
        Assert.Equal("AgainstRuleException", output.GetProperty("errorType").GetString());
        Assert.Contains("OwnerNotNamed", output.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Contains("--override", output.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Empty(world.World.ChangesSince(place));
        Assert.Equal("pendingAcceptance", world.StateOf(connection));
    }

    [Fact]
    public void An_override_lets_a_stranger_in_is_alerted_and_lasts_until_it_is_withdrawn()
    {
        var world = new ReviewWorld();
        world.AllowByHand(ReviewWorld.Stranger);
        var connection = world.ConnectAndWait(ReviewWorld.Stranger);

        Done(world.Answer(connection.EndpointId, isOverride: true), "Override");
        world.World.Cloud.Time.Advance(TimeSpan.FromDays(2));
        world.Succeed();

        Assert.Equal("available", world.StateOf(connection));
        Assert.EndsWith($"Z {ReviewWorld.Anna}: they called", connection.Tags[ResourceTags.Override], StringComparison.Ordinal);
        Assert.Equal(["connection.flagged", "connection.overridden"], world.Told);
        Assert.Equal("OwnerNotNamed", Fact(world.News.Last(), "against"));

        Done(world.Answer(connection.EndpointId, isWithdrawn: true), "Withdraw");
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        world.Succeed();

        Assert.Null(connection.Tags[ResourceTags.Override]);
        Assert.Equal(World.StackName, connection.Tags[ResourceTags.Stack]);
        Assert.Equal("available", world.StateOf(connection));
        Assert.Equal(["connection.flagged", "connection.overridden", "connection.flagged"], world.Told);
    }

    [Fact]
    public void What_expired_is_cut_once_its_override_is_withdrawn()
    {
        var world = new ReviewWorld("""{ "principal": "133737826969", "accept": "ask", "until": "2026-01-02" }""");
        var connection = world.ConnectAndWait(ReviewWorld.Named);
        world.World.Cloud.Time.Advance(TimeSpan.FromDays(3));
        Done(world.Answer(connection.EndpointId, isOverride: true), "Override");
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(5));
        world.Succeed();
        Assert.Equal("available", world.StateOf(connection));

        Done(world.Answer(connection.EndpointId, isWithdrawn: true), "Withdraw");
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        world.Succeed();

        Assert.Equal("rejected", world.StateOf(connection));
        Assert.Equal(["connection.flagged", "connection.overridden", "connection.rejected"], world.Told);
    }

    [Fact]
    public void A_second_override_is_told_anew_with_another_id()
    {
        var world = new ReviewWorld();
        world.AllowByHand(ReviewWorld.Stranger);
        var connection = world.ConnectAndWait(ReviewWorld.Stranger);
        foreach (var isWithdrawn in (bool[])[false, true, false])
        {
            Assert.Null(world.Answer(connection.EndpointId, isOverride: !isWithdrawn, isWithdrawn: isWithdrawn).Error);
            world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        }

        world.Succeed();

        Assert.Equal(2, world.Told.Count(static told => told == "connection.overridden"));
        Assert.Equal(2, Overrides(world).Select(Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_override_is_on_the_connection_before_it_is_accepted_and_a_review_does_not_heed_it_while_it_waits()
    {
        var world = new ReviewWorld();
        world.AllowByHand(ReviewWorld.Stranger);
        var connection = world.ConnectAndWait(ReviewWorld.Stranger);
        world.World.Cloud.Faults.Plan(FaultKind.CallerDiesBefore, static call => call.Operation.Name == "AcceptVpcEndpointConnections");

        Assert.NotNull(world.Answer(connection.EndpointId, isOverride: true).Error);
        world.Succeed();

        Assert.NotNull(connection.Tags[ResourceTags.Override]);
        Assert.Equal("pendingAcceptance", world.StateOf(connection));
        Assert.Equal(["connection.flagged"], world.Told);
    }

    [Theory]
    [InlineData("Publish", 1, 1)]
    [InlineData("CreateTags", 3, 2)]
    public void An_answer_that_dies_before_it_told_is_told_of_by_the_next_review(string dies, int place, int told)
    {
        var world = new ReviewWorld();
        world.AllowByHand(ReviewWorld.Stranger);
        var connection = world.ConnectAndWait(ReviewWorld.Stranger);
        var seen = 0;
        world.World.Cloud.Faults.Plan(FaultKind.CallerDiesBefore, call => call.Operation.Name == dies && ++seen == place);

        Assert.NotNull(world.Answer(connection.EndpointId, isOverride: true).Error);
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(5));
        world.Succeed();
        world.Succeed();

        Assert.Equal(told, Overrides(world).Count());
        Assert.Single(Overrides(world).Select(Id).Distinct(StringComparer.Ordinal));
        Assert.Contains(ReviewWorld.Anna, world.News.Last().TextFor("sqs"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_override_that_ec2_does_not_take_leaves_no_override_behind()
    {
        var world = new ReviewWorld();
        world.AllowByHand(ReviewWorld.Stranger);
        var connection = world.ConnectAndWait(ReviewWorld.Stranger);
        world.World.Cloud.Faults.Plan(FaultKind.ServerError, call =>
        {
            if (call.Operation.Name == "AcceptVpcEndpointConnections") world.World.Cloud.Ec2.Services.Disconnect(connection);
            return false;
        });

        var (output, _) = world.Answer(connection.EndpointId, isOverride: true);

        Assert.Equal("AnswerNotTakenException", output.GetProperty("errorType").GetString());
        Assert.Null(connection.Tags[ResourceTags.Override]);
        Assert.DoesNotContain("connection.overridden", world.Told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rejection_cuts_and_takes_an_override_away_and_says_who_and_why(bool isConnected)
    {
        var world = new ReviewWorld();
        world.AllowByHand(ReviewWorld.Stranger);
        var connection = world.ConnectAndWait(ReviewWorld.Stranger);
        if (isConnected) Done(world.Answer(connection.EndpointId, isOverride: true), "Override");
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        Done(world.Answer(connection.EndpointId, "Reject", reason: "wrong\naccount"), "Reject");
        world.Succeed();

        Assert.Equal("rejected", world.StateOf(connection));
        Assert.Null(connection.Tags[ResourceTags.Override]);
        Assert.Equal("connection.rejected", world.Told[^1]);
        Assert.Single(world.Told, static told => told == "connection.rejected");
        Assert.Equal((ReviewWorld.Anna, "wrong account"), (Fact(world.News.Last(), "who"), Fact(world.News.Last(), "why")));
    }

    [Fact]
    public void What_was_accepted_already_is_left_alone()
    {
        var world = new ReviewWorld();
        var connection = world.ConnectAndWait(ReviewWorld.Named);
        var place = world.World.Cloud.Calls.Count;

        Done(world.Answer(connection.EndpointId), "Nothing");

        Assert.Empty(world.World.ChangesSince(place));
    }

    [Fact]
    public void Unknown_names_and_what_has_ended_are_refused_with_the_field_what_was_found_and_what_is_allowed()
    {
        var world = new ReviewWorld(Ask);
        var (connection, other) = (world.ConnectAndWait(ReviewWorld.Asked), world.ConnectAndWait(ReviewWorld.Asked));
        Done(world.Answer(other.EndpointId, "Reject"), "Reject");
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.StartsWith($"Link: found ordres; allowed: a link of the stack {World.StackName}: orders.", Message(world.Answer(connection.EndpointId, link: "ordres")), StringComparison.Ordinal);
        var unknown = Message(world.Answer("vpce-0123456789abcdef0"));
        Assert.StartsWith("EndpointId: found vpce-0123456789abcdef0; allowed: ", unknown, StringComparison.Ordinal);
        Assert.Contains(connection.EndpointId, unknown, StringComparison.Ordinal);
        Assert.Contains("was rejected", Message(world.Answer(other.EndpointId)), StringComparison.Ordinal);
    }

    private static void Done((JsonElement Output, string? Error) answer, string deed)
    {
        Assert.True(answer.Error is null, answer.Output.ToString());
        Assert.Equal(deed, answer.Output.GetProperty("Deed").GetString());
    }

    private static string Message((JsonElement Output, string? Error) answer) => answer.Output.GetProperty("errorMessage").GetString()!;

    private static string Fact(PublishedMessage alert, string name) => JsonDocument.Parse(alert.TextFor("sqs")).RootElement.GetProperty("facts").GetProperty(name).GetString()!;

    private static IEnumerable<PublishedMessage> Overrides(ReviewWorld world) => world.News.Where(static alert => alert.Subject!.Contains("connection.overridden", StringComparison.Ordinal));

    private static string Id(PublishedMessage alert) => JsonDocument.Parse(alert.TextFor("sqs")).RootElement.GetProperty("id").GetString()!;
}
