namespace ServerlessPrivateLink.Cli;

/// <summary>What the process ends with.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>The command line or a document is wrong; nothing was tried.</summary>
    public const int BadInput = 2;

    /// <summary>The input is well formed, but the plan refused it.</summary>
    public const int Refused = 3;

    /// <summary>A plan has changes, or a link has drifted.</summary>
    public const int Changes = 4;

    /// <summary>Ctrl-C, as shells have it.</summary>
    public const int Interrupted = 130;
}
