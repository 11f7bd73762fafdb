namespace ServerlessPrivateLink.Calls;

/// <summary>A token that ends with another one, or when the time is up.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource limit;
    private readonly CancellationTokenSource either;

    public TimeLimit(TimeSpan time, TimeProvider clock, CancellationToken token)
    {
        limit = new(time, clock);
        either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
    }

    public CancellationToken Token => either.Token;

    public void Dispose()
    {
        either.Dispose();
        limit.Dispose();
    }
}
