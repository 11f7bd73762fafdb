namespace LocalAws.States.Running;

/// <summary>Runs lines of states side by side; the first that fails stops the others.</summary>
internal sealed class Branches(Visit visit)
{
    private StateFailedException? failure;

    /// <summary>Runs all; ends when all have ended.</summary>
    /// <exception cref="StateFailedException">What the first that failed failed with.</exception>
    public async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> branches)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(visit.Run.Token);
        await Task.WhenAll([.. branches.Select(branch => RunAsync(branch, stop))]).ConfigureAwait(false);
        if (failure is not null)
            throw failure;
        visit.Run.Token.ThrowIfCancellationRequested();
    }

    private async Task RunAsync(Func<CancellationToken, Task> branch, CancellationTokenSource stop)
    {
        try
        {
            await branch(stop.Token).ConfigureAwait(false);
        }
        catch (StateFailedException e)
        {
            failure ??= e;
            StopOthers(stop);
        }
        catch (OperationCanceledException)
        {
            // Another branch, or whatever ended the whole execution, has the word.
        }
    }

    /// <summary>Not <c>CancelAsync</c>, which would leave the thread that runs the simulation.</summary>
    private static void StopOthers(CancellationTokenSource stop) => stop.Cancel();
}
