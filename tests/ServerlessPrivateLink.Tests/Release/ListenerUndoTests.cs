using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Release;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Release;

public sealed class ListenerUndoTests
{
    private const string Mark = "0123456789abcdef";

    private static readonly Owner Made = Samples.Us with { MadeBy = Mark };

    private static readonly ImmutableHashSet<string> MadeGroups = ImmutableHashSet.Create("arn:made");

    [Fact]
    public void What_the_execution_made_goes() =>
        Assert.Equal(["arn:l"], Of(new FoundListener("arn:l", 5432, "arn:stood", Samples.Ours.Add(ResourceTags.MadeBy, Mark))).Delete.AsEnumerable());

    [Fact]
    public void What_it_turned_to_its_own_is_turned_back() =>
        Assert.Equal([KeyValuePair.Create("arn:l", "arn:stood")], Of(new FoundListener("arn:l", 5432, "arn:made", Samples.Ours.Add(ResourceTags.Before, "arn:stood"))).TurnBack.AsEnumerable());

    [Fact]
    public void What_stood_before_and_what_another_execution_made_stays()
    {
        var undo = Of(
            new("arn:1", 1, "arn:stood", Samples.Ours),
            new("arn:2", 2, "arn:stood", Samples.Ours.Add(ResourceTags.MadeBy, "fedcba9876543210")),
            new("arn:3", 3, "arn:stood", Samples.Foreign.Add(ResourceTags.MadeBy, Mark)),
            new("arn:4", 4, "arn:stood", Samples.Ours.Add(ResourceTags.Before, "arn:older")),
            new("arn:5", 5, "arn:made", Samples.Ours));

        Assert.True(undo is { Delete: [], TurnBack: [] });
    }

    private static ListenerUndo Of(params FoundListener[] found) => ListenerUndo.Of(Made, [.. found], MadeGroups);
}
