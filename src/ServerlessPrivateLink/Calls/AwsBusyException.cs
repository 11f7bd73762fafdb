using Amazon.Runtime;

namespace ServerlessPrivateLink.Calls;

/// <summary>
/// AWS could not be asked just now: it throttled, failed by its own fault, did not answer, or does not show yet what it has.
/// The state machine tries the step again.
/// </summary>
public sealed class AwsBusyException(string call, string why, Exception? inner = null)
    : Exception($"{call}: {why}", inner)
{
    /// <summary>Whether AWS answered with this code.</summary>
    public bool Is(string code) => InnerException is AmazonServiceException answer && answer.ErrorCode == code;
}
