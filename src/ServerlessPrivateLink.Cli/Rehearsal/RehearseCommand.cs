using System.Collections.Immutable;
using LocalAws.Accounts;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Validation;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>What <c>privatelink rehearse</c> was asked.</summary>
/// <param name="Link">The link document; null: the example.</param>
/// <param name="Account">The account's directory; null: the example.</param>
/// <param name="Seeds">The seeds of all chance; one without <paramref name="Faults"/>.</param>
/// <param name="Faults">One call in ten fails.</param>
/// <param name="AsDeployed">Each function in a process of its own.</param>
/// <param name="Json">One JSON document and nothing else.</param>
public sealed record RehearseOptions(string? Link, string? Account, SeedRange Seeds, bool Faults, bool AsDeployed, bool Json);

/// <summary><c>privatelink rehearse</c>: builds a link on an embedded AWS, lets its databases fail over, and reports.</summary>
public static class RehearseCommand
{
    public static int Run(RehearseOptions options, Screen screen, Host host)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(screen);
        ArgumentNullException.ThrowIfNull(host);
        return CheckedInput.Run(options.Json, options.Account, screen, () => RunChecked(options, screen, host));
    }

    private static int RunChecked(RehearseOptions options, Screen screen, Host host)
    {
        var home = HomeDirectory.Find(host.Home, AppContext.BaseDirectory);
        var account = AccountDescription.Load(options.Account ?? home.ExampleAccount);
        var today = LinkFile.Today(host.Clock);
        if (LinkSource.Read(options.Link ?? home.ExampleLink, account.Partition, today, options.Json, screen) is not { } source)
            return ExitCode.BadInput;

        // Simulated time begins today, so that what the document says of days means the same here and there.
        var start = new DateTimeOffset(today, new(8, 0), TimeSpan.Zero);
        var template = Template.Load(home.Template);
        LinkRehearsal Prepare(int seed) => LinkRehearsal.Prepare(account, template, source, seed, start);
        if (options.Faults)
            return RunWithFaults(options, Prepare, source.Link.Name, screen);
        using var rehearsal = Prepare(options.Seeds.First);
        if (options.AsDeployed)
            rehearsal.RunAsDeployed(DeployedFunctions.BuildOutput(home), host.Clock);
        // In an account of one's own nothing is shown but the link that was given.
        ImmutableArray<LinkSource> companions = options.Account is null ? [.. home.Examples.Select(Example).OfType<LinkSource>()] : [];
        return RunOnce(options, rehearsal, companions, screen);

        LinkSource? Example(string name) =>
            LinkFile.Read(Path.Combine(home.Path, name), account.Partition, today, out var document).Link is { } link ? new(name, link, document) : null;
    }

    private static int RunOnce(RehearseOptions options, LinkRehearsal rehearsal, ImmutableArray<LinkSource> companions, Screen screen)
    {
        var report = LiveProgress.Show(screen, isWanted: screen.Live && !options.Json, progress => rehearsal.Run(companions, progress));
        if (options.Json)
            screen.Output.WriteLine(ReportJson.Write(report));
        else
            ReportText.Write(screen.Output, report, screen.Width);
        return RehearsalReport.ToExitCode(report.Status);
    }

    private static int RunWithFaults(RehearseOptions options, Func<int, LinkRehearsal> prepare, string link, Screen screen)
    {
        var report = FaultRehearsal.Run(prepare, link, options.Seeds.All);
        if (options.Json)
            screen.Output.WriteLine(ReportJson.Write(report));
        else
            FaultText.Write(screen.Output, report);
        return report.IsAllSame ? ExitCode.Done : ExitCode.Failed;
    }
}
