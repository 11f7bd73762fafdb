namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Why a command on a deployed stack came to nothing, as it goes out as JSON.</summary>
public sealed record FailedCommand(RunFailure Failure);
