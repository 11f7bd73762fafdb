using System.Collections;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Amazon.Runtime;

namespace ServerlessPrivateLink.Cli;

/// <summary>What the command line takes from the process that it runs in.</summary>
/// <param name="Home">The value of <see cref="HomeDirectory.Variable"/>; null: not set.</param>
/// <param name="Live">A person watches the output on a terminal.</param>
/// <param name="Clock">Today, for what a document says of dates.</param>
public sealed record Host(string? Home, bool Live, TimeProvider Clock)
{
    public const int UsualWidth = 80;

    public static readonly ImmutableDictionary<string, string> NoVariables = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>How wide the terminal is; a file or a pipe is taken to be as wide as most.</summary>
    public int Width { get; init; } = UsualWidth;

    /// <summary>The environment.</summary>
    public ImmutableDictionary<string, string> Variables { get; init; } = NoVariables;

    /// <summary>How AWS is reached; null: as the SDK does by itself.</summary>
    public AwsEntry? Aws { get; init; }
}

/// <summary>How AWS is reached.</summary>
/// <param name="Credentials">As whom.</param>
/// <param name="Http">Null: the SDK's own HTTP client. Given: an AWS in process.</param>
public sealed record AwsEntry(AWSCredentials Credentials, HttpClientFactory? Http);

public static class Program
{
    public static Task<int> Main(string[] args) =>
        RunAsync(args, Console.Out, Console.Error, new(Environment.GetEnvironmentVariable(HomeDirectory.Variable), IsLive(), RealClock()) { Width = Width(), Variables = Variables() }, CancellationToken.None);

    /// <param name="args">The command line.</param>
    /// <param name="output">What was asked for.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="host">The process.</param>
    /// <param name="stop">Ends what would go on until Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Host host, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(host);
        var parsed = CommandLine.Build(new(output, error, host.Live, host.Width), host).Parse(args);
        if (parsed.Action is ParseErrorAction)
            return Refuse(parsed, error);
        try
        {
            return await parsed.InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false }, stop);
        }
        catch (Exception unexpected)
        {
            await error.WriteLineAsync($"privatelink: this should not have happened, and is a fault of the program or of the template: {unexpected}");
            return ExitCode.Failed;
        }
    }

    // The library would print the whole help to the output and end with 1, which here means that a rehearsal failed.
    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        foreach (var problem in parsed.Errors)
            error.WriteLine($"privatelink: {problem.Message}");
        var command = string.Join(' ', Path(parsed.CommandResult));
        error.WriteLine($"See: {command} --help");
        return ExitCode.BadInput;
    }

    private static IEnumerable<string> Path(CommandResult? command) =>
        command is null ? [] : [.. Path(command.Parent as CommandResult), command.Parent is null ? "privatelink" : command.Command.Name];

    private static ImmutableDictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToImmutableDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    // A terminal that does not say how wide it is says 0.
    private static int Width() => IsLive() && Console.WindowWidth is > 0 and var width ? width : Host.UsualWidth;

    private static bool IsLive() =>
        !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") is not "dumb"
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

#pragma warning disable RS0030 // The one place where the command line meets the real clock.
    private static TimeProvider RealClock() => TimeProvider.System;
#pragma warning restore RS0030
}
