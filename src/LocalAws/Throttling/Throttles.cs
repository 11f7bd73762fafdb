using LocalAws.Wire;

namespace LocalAws.Throttling;

/// <summary>
/// Token buckets per account, Region and action, at the rates that AWS documents
/// (docs.aws.amazon.com: "Throttling for the Elastic Load Balancing API", "Request throttling for the Amazon EC2 API").
/// </summary>
public sealed class Throttles(TimeProvider time)
{
    private readonly Dictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Takes a token for a call; false: it is throttled.</summary>
    public bool Take(ApiCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return ThrottleTable.For(call.Service.SigningName, call.Operation)
            .All(rate => Bucket(rate).TryTake(time.GetUtcNow()));
    }

    private Bucket Bucket(ThrottleRate rate)
    {
        if (!buckets.TryGetValue(rate.Name, out var bucket))
            buckets[rate.Name] = bucket = new(rate, time.GetUtcNow());
        return bucket;
    }
}

/// <summary>A documented limit.</summary>
/// <param name="Name">Which calls share it.</param>
/// <param name="Capacity">Calls that a full bucket allows at once.</param>
/// <param name="RefillPerSecond">Tokens that come back each second.</param>
public sealed record ThrottleRate(string Name, double Capacity, double RefillPerSecond);

internal sealed class Bucket(ThrottleRate rate, DateTimeOffset at)
{
    private double tokens = rate.Capacity;
    private DateTimeOffset last = at;

    public bool TryTake(DateTimeOffset now)
    {
        tokens = Math.Min(rate.Capacity, tokens + ((now - last).TotalSeconds * rate.RefillPerSecond));
        last = now;
        if (tokens < 1)
            return false;
        tokens--;
        return true;
    }
}
