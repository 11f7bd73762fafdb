using System.Collections.Immutable;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Definitions;

/// <summary>What happens when a state fails: first its retriers are asked, then its catchers, each in order.</summary>
/// <param name="Retriers">Its <c>Retry</c>.</param>
/// <param name="Catchers">Its <c>Catch</c>.</param>
public sealed record Recovery(ImmutableArray<Retrier> Retriers, ImmutableArray<Catcher> Catchers);

/// <summary>When to try again, and how often.</summary>
/// <param name="ErrorEquals">The errors that it is for.</param>
/// <param name="Interval">The wait before the first repetition.</param>
/// <param name="MaxAttempts">How many repetitions.</param>
/// <param name="BackoffRate">By what the wait grows each time.</param>
/// <param name="MaxDelay">The longest wait.</param>
/// <param name="FullJitter">Whether each wait is drawn between nothing and its full length.</param>
public sealed record Retrier(ImmutableArray<string> ErrorEquals, TimeSpan Interval, int MaxAttempts, double BackoffRate, TimeSpan? MaxDelay, bool FullJitter)
{
    /// <summary>The wait before a repetition.</summary>
    /// <param name="repetition">0 before the first.</param>
    /// <param name="chance">From 0 to 1.</param>
    public TimeSpan Delay(int repetition, Func<double> chance)
    {
        var seconds = Math.Min(Interval.TotalSeconds * Math.Pow(BackoffRate, repetition), MaxDelay?.TotalSeconds ?? TimeSpan.FromDays(365).TotalSeconds);
        return TimeSpan.FromSeconds(FullJitter ? seconds * chance() : seconds);
    }
}

/// <summary>Where to go on after an error.</summary>
/// <param name="ErrorEquals">The errors that it is for.</param>
/// <param name="Next">The state that goes on.</param>
/// <param name="ResultPath">Where the error goes in the input; null: it is discarded.</param>
/// <param name="Assign">The variables that it sets.</param>
public sealed record Catcher(ImmutableArray<string> ErrorEquals, string Next, JsonPath? ResultPath, PayloadTemplate.Members? Assign);
