using System.Net;
using LocalAws.LoadBalancing;
using ServerlessPrivateLink.Cli.Drills;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class FailoverMarksTests
{
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly ServingTarget Old = new(IPAddress.Parse("10.0.0.1"), 5432, "healthy", Answers: true, IsRight: true);
    private static readonly ServingTarget New = new(IPAddress.Parse("10.0.0.2"), 5432, "initial", Answers: true, IsRight: true);
    private static readonly ServingTarget Gone = Old with { Answers = false, IsRight = false };

    [Fact]
    public void The_first_instant_of_each_counts()
    {
        var marks = FailoverMarks.Of([At(-20, Old), At(0, Gone), At(70, Gone, New), At(71, Gone with { State = "draining" }, New), At(160, New with { State = "healthy" })], Began);

        Assert.Equal(new(Began.AddSeconds(70), Began.AddSeconds(160), Began.AddSeconds(71), Followed: true), marks);
    }

    [Fact]
    public void A_target_that_was_registered_before_needed_no_time()
    {
        var standby = New with { State = "unhealthy", Answers = false, IsRight = false };

        var marks = FailoverMarks.Of([At(-20, Old, standby), At(0, Gone, standby), At(62, Gone, New with { State = "unhealthy" }), At(72, Gone, New with { State = "healthy" })], Began);

        Assert.Equal(new(Began, Began.AddSeconds(72), OldRemoved: null, Followed: true), marks);
    }

    [Fact]
    public void What_never_happened_has_no_instant()
    {
        var marks = FailoverMarks.Of([At(-20, Old), At(0, Gone)], Began);

        Assert.Equal(new(null, null, null, Followed: false), marks with { OldRemoved = null });
    }

    [Fact]
    public void A_registered_target_that_leads_elsewhere_is_no_good_end()
    {
        var marks = FailoverMarks.Of([At(-20, Old), At(0, Gone, New with { State = "healthy" }), At(100, Old with { IsRight = false }, New with { State = "healthy" })], Began);

        Assert.False(marks.Followed);
        Assert.Null(marks.OldRemoved);
    }

    private static ServingMoment At(double seconds, params ServingTarget[] targets) => new(Began.AddSeconds(seconds), [.. targets], Exists: true);
}
