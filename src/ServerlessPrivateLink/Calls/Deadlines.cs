using Amazon.Lambda.Core;

namespace ServerlessPrivateLink.Calls;

internal static class Deadlines
{
    // Enough to report an exception before the Lambda service ends the process.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public static CancellationTokenSource Deadline(this ILambdaContext context, TimeProvider clock)
    {
        var left = context.RemainingTime - Margin;
        return new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
    }
}
