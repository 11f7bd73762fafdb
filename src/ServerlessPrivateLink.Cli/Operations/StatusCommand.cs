using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary>What <c>privatelink links</c> and <c>privatelink status</c> were asked.</summary>
/// <param name="Link">The one link; null: all.</param>
/// <param name="Brief">One line for each.</param>
/// <param name="Watch">Again and again.</param>
/// <param name="Json">One JSON document and nothing else.</param>
internal sealed record StatusOptions(string? Link, bool Brief, bool Watch, bool Json);

/// <summary><c>privatelink links</c> and <c>privatelink status</c>: shows how links stand.</summary>
internal static class StatusCommand
{
    public const string AsText = "text";
    public const string AsMarkdown = "markdown";

    private const string Clear = "\u001b[H\u001b[2J";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(StackSession session, StatusOptions options, Screen screen, TimeProvider clock, CancellationToken stop)
    {
        var reading = new StatusReading(session, clock);
        if (!options.Watch)
        {
            Write(await reading.ReadAsync(options.Link, !options.Brief, stop), options, screen);
            return ExitCode.Done;
        }

        try
        {
            while (true)
            {
                var report = await reading.ReadAsync(options.Link, !options.Brief, stop);
                await screen.Output.WriteLineAsync(screen.Live ? Clear : $"-- {clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z");
                Write(report, options, screen);
                await screen.Output.FlushAsync(stop);
                await Task.Delay(BetweenLooks, clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
    }

    /// <summary>Writes what a consumer needs.</summary>
    public static async Task<int> ShareAsync(StackSession session, string link, string form, bool json, Screen screen, TimeProvider clock)
    {
        var shared = await new StatusReading(session, clock).ShareAsync(link);
        if (json)
        {
            await screen.Output.WriteLineAsync(ReportJson.Write(shared));
            return ExitCode.Done;
        }

        foreach (var line in form == AsMarkdown ? shared.Markdown() : shared.Text())
            await screen.Output.WriteLineAsync(line);
        return ExitCode.Done;
    }

    private static void Write(StatusReport report, StatusOptions options, Screen screen)
    {
        if (options.Json)
            screen.Output.WriteLine(ReportJson.Write(report));
        else if (options.Brief)
            StatusText.WriteTable(screen.Output, report);
        else
            StatusText.Write(screen.Output, report);
    }
}
