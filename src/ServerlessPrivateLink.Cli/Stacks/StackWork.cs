using Amazon.Runtime;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>Runs a command on a deployed stack, and turns what stands in its way into its answer and exit code.</summary>
internal static class StackWork
{
    private const string BadInput = "BadInput";

    /// <param name="options">Which stack.</param>
    /// <param name="screen">Where the answer goes.</param>
    /// <param name="host">The process.</param>
    /// <param name="command">What is done with the stack.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>What the command returns, or what the failure comes to.</returns>
    public static async Task<int> RunAsync(StackOptions options, Screen screen, Host host, Func<StackSession, Task<int>> command, CancellationToken stop)
    {
        try
        {
            using var session = await StackSession.OpenAsync(options, host, stop);
            return await command(session);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is BadInputException or RefusedException or FunctionFailedException or AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            var failure = Read(e);
            Write(failure, options.Json, screen);
            return failure.Error == BadInput ? ExitCode.BadInput : failure.Reasons.IsEmpty ? ExitCode.Failed : ExitCode.Refused;
        }
    }

    private static RunFailure Read(Exception e) => e switch
    {
        BadInputException => new(BadInput, e.Message, []),
        RefusedException refused => new(refused.GetType().Name, refused.Message, Refusals.Reasons(refused.Message)),
        FunctionFailedException failed => new(failed.Error, e.Message, Refusals.Of(failed.Error, failed.Cause)),
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => new(code, e.Message, []),
        // Without credentials nothing was tried.
        AmazonClientException => new(BadInput, e.Message, []),
        _ => new(e.GetType().Name, $"AWS cannot be reached: {e.Message}", []),
    };

    private static void Write(RunFailure failure, bool json, Screen screen)
    {
        if (json)
        {
            screen.Output.WriteLine(ReportJson.Write(new FailedCommand(failure)));
            return;
        }

        if (failure.Reasons.IsEmpty)
            screen.Error.WriteLine(failure.Error == BadInput ? $"privatelink: {failure.Cause}" : $"privatelink: {failure.Error}: {failure.Cause}");
        foreach (var reason in failure.Reasons)
        {
            screen.Error.WriteLine($"privatelink: {reason.Reason}");
            screen.Error.WriteLine($"  {reason.Remedy}");
        }
    }
}
