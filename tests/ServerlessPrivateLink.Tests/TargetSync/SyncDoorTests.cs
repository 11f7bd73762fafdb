using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

/// <summary>What goes into a sync and comes out of it, as JSON.</summary>
public sealed class SyncDoorTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    public void The_schedule_asks_for_nothing_in_particular(string input) => Assert.Equal(new(), Read(input));

    [Fact]
    public void A_link_and_a_limit_are_read() => Assert.Equal(new("orders", MostRemovals: 7), Read("""{ "Link": "orders", "MostRemovals": 7 }"""));

    [Fact]
    public void Names_are_read_in_either_case() => Assert.Equal(new("orders", MostRemovals: 7), Read("""{ "link": "orders", "mostRemovals": 7 }"""));

    [Fact]
    public void What_is_followed_is_read()
    {
        var follow = Read("""{ "Follow": { "Databases": ["orders-prod"], "Announced": "2026-01-01T08:00:00Z", "Started": "2026-01-01T08:00:01Z", "Progress": null } }""").Follow!;

        Assert.Equal(["orders-prod"], follow.Databases.ToArray());
        Assert.Equal(TimeSpan.FromSeconds(1), follow.Started - follow.Announced);
    }

    [Theory]
    [InlineData("""{ "MostRemovals": "many" }""")]
    [InlineData("""{ "Follow": { "Databases": ["orders-prod"] } }""")]
    [InlineData("[]")]
    public void What_cannot_be_read_fails_at_the_door(string input) => Assert.Throws<JsonException>(() => Read(input));

    [Theory]
    [InlineData(null)]
    [InlineData("2026-01-01T08:00:02.5+00:00")]
    public void What_is_returned_is_what_a_serializer_would_write(string? again)
    {
        var output = new SyncTargetsOutput(3, 2, 1, new JsonObject { ["Refused"] = 1 }, Done: true, again is null ? null : DateTimeOffset.Parse(again, null));

        Assert.Equal(JsonSerializer.Serialize(output), output.ToJson().ToJsonString());
        Assert.Equal(JsonSerializer.Serialize(output with { Progress = null }), (output with { Progress = null }).ToJson().ToJsonString());
    }

    private static SyncTargetsInput Read(string input)
    {
        using var document = JsonDocument.Parse(input);
        return SyncTargetsInput.Read(document.RootElement);
    }
}
