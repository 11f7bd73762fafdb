using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Release;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Release;

public sealed class ListenerUndoTests
{
    private const string Mark = "0123456789abcdef";

    private static readonly Owner Made = Samples.Us with { MadeBy = Mark };

    [Fact]
    public void What_the_execution_made_goes() =>
        Assert.Equal(["arn:l"], Of(new FoundListener("arn:l", 5432, "arn:stood", Samples.Ours.Add(ResourceTags.MadeBy, Mark))).Delete.AsEnumerable());

    [Fact]
    public void What_it_turned_is_turned_back_and_keeps_no_note_of_it() =>
        Assert.Equal(
            [new ListenerBefore("arn:l", "arn:stood", LeadsThere: false), new ListenerBefore("arn:back", "arn:stood", LeadsThere: true)],
            Of(Turned("arn:l", to: "arn:other", TurnNote.Of(Mark, "arn:stood")), Turned("arn:back", to: "arn:stood", TurnNote.Of(Mark, "arn:stood"))).TurnBack.AsEnumerable());

    [Fact]
    public void What_stood_before_and_what_another_execution_made_stays()
    {
        var undo = Of(
            new("arn:1", 1, "arn:stood", Samples.Ours),
            new("arn:2", 2, "arn:stood", Samples.Ours.Add(ResourceTags.MadeBy, "fedcba9876543210")),
            new("arn:3", 3, "arn:stood", Samples.Foreign.Add(ResourceTags.MadeBy, Mark)),
            Turned("arn:4", to: "arn:stood", TurnNote.Of("fedcba9876543210", "arn:older")),
            Turned("arn:5", to: "arn:stood", TurnNote.Of("", "arn:older")),
            Turned("arn:6", to: "arn:stood", "a note that somebody else wrote"));

        Assert.True(undo is { Delete: [], TurnBack: [] });
    }

    private static FoundListener Turned(string arn, string to, string note) => new(arn, 5432, to, Samples.Ours.Add(ResourceTags.Before, note));

    private static ListenerUndo Of(params FoundListener[] found) => ListenerUndo.Of(Made, [.. found]);
}
