namespace LocalAws.Traffic;

/// <summary>A client's end of a connection to a server that speaks when it is connected to and when it is spoken to.</summary>
internal sealed class SpokenStream(Timing.SimulatedTime time, Speech speech) : Stream
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(1);

    // Nobody waits longer for a server that has nothing to say.
    private static readonly TimeSpan Closes = TimeSpan.FromHours(1);

    private ReadOnlyMemory<byte> unread = speech.Greeting;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await time.Delay(unread.IsEmpty ? Closes : Latency, cancellationToken).ConfigureAwait(false);
        var some = unread[..Math.Min(unread.Length, buffer.Length)];
        some.CopyTo(buffer);
        unread = unread[some.Length..];
        return some.Length;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        unread = new([.. unread.Span, .. speech.Answer(buffer).Span]);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
