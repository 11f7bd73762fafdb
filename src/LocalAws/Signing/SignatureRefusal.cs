namespace LocalAws.Signing;

/// <summary>Why a signature does not let a request in.</summary>
/// <param name="Problem">The sort of reason; each protocol has its own error code for it.</param>
/// <param name="Message">In AWS's words, where they are known.</param>
public sealed record SignatureRefusal(SignatureProblem Problem, string Message)
{
    internal static SignatureRefusal Incomplete(string message) => new(SignatureProblem.Incomplete, message);

    internal static SignatureRefusal Mismatch(string message) => new(SignatureProblem.Mismatch, message);
}

/// <summary>The sorts of reasons.</summary>
public enum SignatureProblem
{
    /// <summary>Nobody signed.</summary>
    Missing,

    /// <summary>What is there is not a whole signature.</summary>
    Incomplete,

    /// <summary>It was made with another secret, for another request, or for another place.</summary>
    Mismatch,

    /// <summary>It was made too long ago, or is not valid yet.</summary>
    Expired,
}
