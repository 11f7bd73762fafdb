using LocalAws.Faults;
using ServerlessPrivateLink.Connections;
using Xunit;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class OverlapTests
{
    [Fact]
    public void Reviews_that_overlap_tell_each_decision_once()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var world = new ReviewWorld("\"133737826969\", { \"principal\": \"210987654321\", \"accept\": \"ask\" }", seed: seed);
            world.Connect();
            world.Connect(ReviewWorld.Asked);

            world.ReviewAtOnce(3);
            world.ReviewAtOnce(2);

            Assert.Equal(["connection.accepted", "connection.flagged"], world.Told.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void What_a_run_is_telling_another_leaves_to_it_until_it_must_have_died()
    {
        var world = ReviewWorld.Quiet();
        var connection = world.Connect();
        world.World.Cloud.Faults.Plan(FaultKind.CallerDiesBefore, static call => call.Operation.Name == "Publish");
        Assert.NotNull(world.Review().Error);

        world.Succeed();
        Assert.Empty(world.Told);
        world.World.Cloud.Time.Advance(TellingClaim.Lapses);
        world.Succeed();

        Assert.Equal(["connection.accepted"], world.Told);
        Assert.DoesNotContain(ResourceTags.Telling, connection.Tags.Values.Keys);
    }

    [Fact]
    public void A_claim_that_nobody_can_read_keeps_nobody_from_telling()
    {
        var world = new ReviewWorld();
        var connection = world.Connect();
        world.TagByHand(connection, ResourceTags.Telling, "whoever");

        world.Succeed();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(["connection.accepted"], world.Told);
    }

    [Fact]
    public void A_claim_outlasts_every_run_that_may_hold_it() =>
        Assert.True(TellingClaim.Lapses > new ReviewWorld().World.Deployed.Functions["ReviewConnections"].Timeout);
}
