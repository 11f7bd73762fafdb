using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class TimelineTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_state_that_is_visited_again_is_one_line_with_all_its_visits_and_attempts()
    {
        var states = Timeline.Of(
            [
                Event(1, 0, 0, HistoryEventType.ExecutionStarted),
                Entered(2, 1, 0, "Check"),
                Event(3, 2, 0, HistoryEventType.TaskScheduled),
                Event(4, 3, 1, HistoryEventType.TaskFailed),
                Event(5, 4, 2, HistoryEventType.TaskScheduled),
                Exited(6, 5, 3, "Check"),
                Entered(7, 6, 3, "Wait"),
                Exited(8, 7, 8, "Wait"),
                Entered(9, 8, 8, "Check"),
                Event(10, 9, 8, HistoryEventType.TaskScheduled),
                Exited(11, 10, 9, "Check"),
            ],
            At(9));

        Assert.Equal<StateRun>([new("Check", 0, 4, 2, 3), new("Wait", 3, 5, 1, 0)], states.AsEnumerable());
    }

    [Fact]
    public void Attempts_of_branches_side_by_side_are_told_apart()
    {
        var states = Timeline.Of(
            [
                Event(1, 0, 0, HistoryEventType.ExecutionStarted),
                Entered(2, 1, 0, "Left"),
                Entered(3, 1, 0, "Right"),
                Event(4, 3, 0, HistoryEventType.TaskScheduled),
                Event(5, 2, 0, HistoryEventType.TaskScheduled),
                Event(6, 4, 1, HistoryEventType.TaskFailed),
                Event(7, 6, 2, HistoryEventType.TaskScheduled),
            ],
            At(3));

        Assert.Equal(1, Assert.Single(states, state => state.Name == "Left").Attempts);
        Assert.Equal(2, Assert.Single(states, state => state.Name == "Right").Attempts);
    }

    [Fact]
    public void A_state_that_was_never_left_lasts_until_now() =>
        Assert.Equal(7, Assert.Single(Timeline.Of([Event(1, 0, 0, HistoryEventType.ExecutionStarted), Entered(2, 1, 3, "Stuck")], At(10))).Seconds);

    private static DateTimeOffset At(int seconds) => new(Start.AddSeconds(seconds));

    private static HistoryEvent Event(long id, long previous, int seconds, HistoryEventType type) =>
        new() { Id = id, PreviousEventId = previous, Timestamp = Start.AddSeconds(seconds), Type = type };

    private static HistoryEvent Entered(long id, long previous, int seconds, string state)
    {
        var entered = Event(id, previous, seconds, HistoryEventType.TaskStateEntered);
        entered.StateEnteredEventDetails = new() { Name = state };
        return entered;
    }

    private static HistoryEvent Exited(long id, long previous, int seconds, string state)
    {
        var exited = Event(id, previous, seconds, HistoryEventType.TaskStateExited);
        exited.StateExitedEventDetails = new() { Name = state };
        return exited;
    }
}
