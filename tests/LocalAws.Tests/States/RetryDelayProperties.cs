using FsCheck;
using FsCheck.Fluent;
using LocalAws.States.Definitions;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class RetryDelayProperties
{
    [Fact]
    public void A_wait_never_shrinks_and_never_passes_its_longest() =>
        Prop.ForAll(Cases.ToArbitrary(), test =>
        {
            var retrier = test.Retrier;
            var (earlier, later) = (retrier.Delay(test.Repetition, () => 1), retrier.Delay(test.Repetition + 1, () => 1));
            return earlier <= later && later <= retrier.MaxDelay && earlier >= TimeSpan.FromTicks(Math.Min(retrier.Interval.Ticks, retrier.MaxDelay!.Value.Ticks));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_jittered_wait_lies_between_nothing_and_its_full_length() =>
        Prop.ForAll(Cases.ToArbitrary(), test =>
        {
            var jittered = (test.Retrier with { FullJitter = true }).Delay(test.Repetition, () => test.Chance);
            return jittered >= TimeSpan.Zero && jittered <= test.Retrier.Delay(test.Repetition, () => 1);
        }).QuickCheckThrowOnFailure();

    private static Gen<(Retrier Retrier, int Repetition, double Chance)> Cases =>
        from interval in Gen.Choose(1, 1000)
        from rate in Gen.Choose(10, 50)
        from longest in Gen.Choose(interval + 1, 100_000)
        from repetition in Gen.Choose(0, 200)
        from chance in Gen.Choose(0, 999)
        select (new Retrier(["E"], TimeSpan.FromSeconds(interval), 3, rate / 10.0, TimeSpan.FromSeconds(longest), false), repetition, chance / 1000.0);
}
