using LocalAws.Wire;

namespace LocalAws.Throttling;

/// <summary>
/// Token buckets of the account in its Region, at the rates that AWS documents
/// (docs.aws.amazon.com: "Throttling for the Elastic Load Balancing API", "Request throttling for the Amazon EC2 API", "CloudWatch service quotas").
/// </summary>
public sealed class Throttles(TimeProvider time)
{
    private readonly Dictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Takes a token for a call; false: it is throttled.</summary>
    public bool Take(ApiCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var now = time.GetUtcNow();
        var shared = ThrottleTable.For(call).Select(Bucket).ToList();
        if (!shared.TrueForAll(bucket => bucket.Has(now)))
            return false;
        shared.ForEach(bucket => bucket.Take());
        return true;
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

    public bool Has(DateTimeOffset now)
    {
        tokens = Math.Min(rate.Capacity, tokens + ((now - last).TotalSeconds * rate.RefillPerSecond));
        last = now;
        return tokens >= 1;
    }

    public void Take() => tokens--;
}
