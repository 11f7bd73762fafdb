namespace ServerlessPrivateLink.Cli.Rehearsal;
public sealed record RehearseOptions(string? Link, string? Account, int Seed, bool Json);
public static class RehearseCommand
{
    public static int Run(RehearseOptions options, Screen screen, Host host) => options.Json && screen.Live ? host.GetHashCode() : 1;
}
