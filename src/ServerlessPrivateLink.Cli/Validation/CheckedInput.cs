using LocalAws.Accounts;

namespace ServerlessPrivateLink.Cli.Validation;

/// <summary>Turns what a command cannot work with into its answer.</summary>
internal static class CheckedInput
{
    /// <param name="json">Programs read the answer.</param>
    /// <param name="account">The account's directory, as it was named.</param>
    /// <param name="screen">Where the answer goes.</param>
    /// <param name="command">What is done with the input.</param>
    /// <returns>What the command returns, or <see cref="ExitCode.BadInput"/>.</returns>
    public static int Run(bool json, string? account, Screen screen, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception e) when (e is BadInputException or AccountFormatException)
        {
            if (json)
                new InputErrors([new("$", account ?? "", "an account's description", e.Message)]).WriteJson(screen.Output);
            else
                screen.Error.WriteLine($"privatelink: {e.Message}");
            return ExitCode.BadInput;
        }
    }
}
