namespace ServerlessPrivateLink.TargetSync;

/// <summary>
/// Spreads calls so that one run never uses up what the account may do: so many at once, then so many a second.
/// Elastic Load Balancing gives the whole account 40 calls and 10 more each second, of which 20 and 4 may register or deregister targets
/// ("Throttling requests for the Elastic Load Balancing API").
/// </summary>
public sealed class Pace
{
    private readonly TimeProvider clock;
    private readonly double burst;
    private readonly double perSecond;
    private double left;
    private long looked;

    public Pace(TimeProvider clock, double burst, double perSecond)
    {
        (this.clock, this.burst, this.perSecond) = (clock, burst, perSecond);
        (left, looked) = (burst, clock.GetTimestamp());
    }

    public async Task NextAsync(CancellationToken token)
    {
        Refill();
        if (left < 1)
        {
            await Task.Delay(TimeSpan.FromSeconds((1 - left) / perSecond), clock, token);
            Refill();
        }

        left--;
    }

    /// <summary>Others use the account's calls up: go on from nothing.</summary>
    public void Exhaust()
    {
        Refill();
        left = Math.Min(left, 0);
    }

    private void Refill()
    {
        left = Math.Min(burst, left + (clock.GetElapsedTime(looked).TotalSeconds * perSecond));
        looked = clock.GetTimestamp();
    }
}
