using System.Collections.Immutable;
using Amazon.Runtime;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>Removes what carries a stack's tag, in the reverse order of its making, until a second look finds nothing either.</summary>
/// <param name="remains">What there is.</param>
/// <param name="pause">Waits.</param>
internal sealed class CleanUp(StackRemains remains, Func<TimeSpan, Task> pause)
{
    // A deleted load balancer's network interfaces hold its security group for some minutes.
    private const int MostRounds = 120;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private string trouble = "nothing";

    /// <exception cref="LeftBehindException">Something would not go.</exception>
    public async Task RunAsync()
    {
        var quietRounds = 0;
        ImmutableArray<Remainder> found = [];
        for (var round = 0; round < MostRounds; round++)
        {
            found = await ToleratingAsync(remains.LastMadeAsync, otherwise: found);
            quietRounds = found.IsEmpty ? quietRounds + 1 : 0;
            // What was made a moment ago may not be shown yet.
            if (quietRounds == 2)
                return;
            foreach (var one in found)
                trouble = await ToleratingAsync(one.RemoveAsync, otherwise: null) ?? trouble;
            await pause(Between);
        }

        throw new LeftBehindException(found, trouble);
    }

    private async Task<T> ToleratingAsync<T>(Func<Task<T>> call, T otherwise)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            trouble = error.Message;
            return otherwise;
        }
    }
}

/// <summary>A clean-up could not remove everything; a person must.</summary>
internal sealed class LeftBehindException(IEnumerable<Remainder> left, string trouble)
    : Exception($"Still there, and to be removed by hand: {string.Join(", ", left.Select(static one => one.What))}. AWS said last: {trouble}");
