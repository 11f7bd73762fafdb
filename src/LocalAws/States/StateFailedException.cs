namespace LocalAws.States;

/// <summary>A state failed; what <c>Retry</c> and <c>Catch</c> see of it.</summary>
/// <param name="error">The error name.</param>
/// <param name="cause">Its description; null when there is none.</param>
public sealed class StateFailedException(string error, string? cause) : Exception($"{error}: {cause}")
{
    /// <summary>The error name, such as <c>States.Timeout</c> or an exception's short type name.</summary>
    public string Error { get; } = error;

    /// <summary>Its description.</summary>
    public string? Cause { get; } = cause;
}

/// <summary>
/// The error names of the Amazon States Language that this interpreter reports
/// (docs.aws.amazon.com: "Handling errors in Step Functions workflows"; states-language.net, appendix A).
/// </summary>
public static class StatesErrors
{
    /// <summary>Matches every error but the two that end an execution whatever is caught.</summary>
    public const string All = "States.ALL";

    /// <summary>Matches every error but time-outs and the two that end an execution whatever is caught.</summary>
    public const string TaskFailed = "States.TaskFailed";

    /// <summary>A task, or the machine, ran longer than it may.</summary>
    public const string Timeout = "States.Timeout";

    /// <summary>A task gave no sign of life for longer than it may.</summary>
    public const string HeartbeatTimeout = "States.HeartbeatTimeout";

    /// <summary>What the interpreter could not carry out, such as a path that finds nothing. Neither retried nor caught.</summary>
    public const string Runtime = "States.Runtime";

    /// <summary>An input or output over the quota. Not covered by <see cref="All"/>.</summary>
    public const string DataLimitExceeded = "States.DataLimitExceeded";

    /// <summary><c>ResultPath</c> does not fit the input.</summary>
    public const string ResultPathMatchFailure = "States.ResultPathMatchFailure";

    /// <summary>No rule of a Choice matched and it has no default.</summary>
    public const string NoChoiceMatched = "States.NoChoiceMatched";

    /// <summary>An intrinsic function could not do its work.</summary>
    public const string IntrinsicFailure = "States.IntrinsicFailure";

    internal static StateFailedException Runtimes(string cause) => new(Runtime, cause);
}
