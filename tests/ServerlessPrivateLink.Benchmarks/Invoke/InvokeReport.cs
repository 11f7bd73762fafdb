using System.Collections.Immutable;

namespace ServerlessPrivateLink.Benchmarks.Invoke;

/// <param name="Note">How it was measured, and what is missing.</param>
/// <param name="Ours">SyncTargets.</param>
/// <param name="Theirs">The vendor guide's function; null: this machine has no Python with boto3.</param>
/// <param name="Ratios">Ours by theirs; null without theirs.</param>
/// <param name="Goals">What the ratios may be.</param>
public sealed record InvokeReport(string Note, InvokeFigures Ours, InvokeFigures? Theirs, InvokeRatios? Ratios, ImmutableArray<Goal> Goals)
{
    internal static InvokeReport Of(string? python, ImmutableArray<InvokeSample> ours, ImmutableArray<InvokeSample> theirs)
    {
        var mine = InvokeFigures.Of(ours);
        var guide = theirs.IsEmpty ? null : InvokeFigures.Of(theirs);
        var ratios = guide is null ? null : InvokeRatios.Of(mine, guide);
        return new(
            python is null
                ? "There is no Python 3 with boto3 on this machine: nothing was compared."
                : $"{python}, under a small loop of ours that serves the Runtime API; the name that it resolves is answered without asking, because the account's DNS exists in the embedded AWS alone.",
            mine,
            guide,
            ratios,
            [Goal.AtMost("cold start, ratio", 0.8, ratios?.Cold), Goal.AtMost("warm median, ratio", 0.3, ratios?.Warm), Goal.AtMost("peak memory, ratio", 1.5, ratios?.Peak)]);
    }
}

/// <param name="Starts">How many processes were started.</param>
/// <param name="ColdMilliseconds">From start to the first answer, the median.</param>
/// <param name="ColdCpuMilliseconds">What of that the process computed, the median.</param>
/// <param name="WarmMilliseconds">From event to answer after that, the median.</param>
/// <param name="PeakMegabytes">The most memory that was resident, the median.</param>
public sealed record InvokeFigures(int Starts, double ColdMilliseconds, double ColdCpuMilliseconds, double WarmMilliseconds, double PeakMegabytes)
{
    internal static InvokeFigures Of(ImmutableArray<InvokeSample> samples) => new(
        samples.Length,
        Median(samples.Select(static one => one.Cold.TotalMilliseconds)),
        Median(samples.Select(static one => one.ColdCpu.TotalMilliseconds)),
        Median(samples.SelectMany(static one => one.Warm).Select(static one => one.TotalMilliseconds)),
        Median(samples.Select(static one => one.PeakBytes / 1048576.0)));

    private static double Median(IEnumerable<double> numbers)
    {
        ImmutableArray<double> sorted = [.. numbers.Order()];
        return Math.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, 2);
    }
}

/// <param name="Cold">Of the cold starts.</param>
/// <param name="ColdCpu">Of what the processes computed for them.</param>
/// <param name="Warm">Of the warm invocations.</param>
/// <param name="Peak">Of the memory.</param>
public sealed record InvokeRatios(double Cold, double ColdCpu, double Warm, double Peak)
{
    internal static InvokeRatios Of(InvokeFigures ours, InvokeFigures theirs) => new(
        Math.Round(ours.ColdMilliseconds / theirs.ColdMilliseconds, 3),
        Math.Round(ours.ColdCpuMilliseconds / theirs.ColdCpuMilliseconds, 3),
        Math.Round(ours.WarmMilliseconds / theirs.WarmMilliseconds, 3),
        Math.Round(ours.PeakMegabytes / theirs.PeakMegabytes, 3));
}
