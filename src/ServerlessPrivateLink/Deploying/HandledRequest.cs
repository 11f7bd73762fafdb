using Microsoft.Extensions.Logging;

namespace ServerlessPrivateLink.Deploying;

/// <param name="Did">What became of a request of CloudFormation's, in a few words.</param>
public sealed record HandledRequest(string Did);

/// <summary>Writes down what became of requests.</summary>
internal static partial class RequestLog
{
    public static HandledRequest Handled(this ILogger log, string did)
    {
        LogHandled(log, did);
        return new(did);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Request: {Did}")]
    private static partial void LogHandled(ILogger logger, string did);
}
