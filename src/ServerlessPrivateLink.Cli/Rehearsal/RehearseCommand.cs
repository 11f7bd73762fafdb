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

/// <summary><c>privatelink rehearse</c>: builds a link on an embedded AWS and reports.</summary>
public static class RehearseCommand
{
    public static int Run(RehearseOptions options, Screen screen, Host host)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(screen);
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            return RunChecked(options, screen, host);
        }
        catch (Exception e) when (e is BadInputException or AccountFormatException)
        {
            Refuse(new([new("$", options.Account ?? "", "an account's description", e.Message)]), e.Message);
            return ExitCode.BadInput;
        }

        void Refuse(InputErrors errors, string message)
        {
            if (options.Json)
                errors.WriteJson(screen.Output);
            else
                screen.Error.WriteLine($"privatelink: {message}");
        }
    }

    private static int RunChecked(RehearseOptions options, Screen screen, Host host)
    {
        var home = HomeDirectory.Find(host.Home, AppContext.BaseDirectory);
        var path = options.Link ?? home.ExampleLink;
        var account = AccountDescription.Load(options.Account ?? home.ExampleAccount);
        var today = LinkFile.Today(host.Clock);
        var reading = LinkFile.Read(path, account.Partition, today, out var document);
        if (reading.Link is not { } link)
        {
            var errors = new InputErrors(reading.Errors);
            if (options.Json)
                errors.WriteJson(screen.Output);
            else
                errors.WriteText(screen.Error, path);
            return ExitCode.BadInput;
        }

        // Simulated time begins today, so that what the document says of days means the same here and there.
        var start = new DateTimeOffset(today, new(8, 0), TimeSpan.Zero);
        var template = Template.Load(home.Template);
        LinkRehearsal Prepare(int seed) => LinkRehearsal.Prepare(account, template, link, document, seed, start);
        if (options.Faults)
            return RunWithFaults(options, Prepare, link.Name, screen);
        using var rehearsal = Prepare(options.Seeds.First);
        if (options.AsDeployed)
            rehearsal.RunAsDeployed(DeployedFunctions.BuildOutput(home), host.Clock);
        return RunOnce(options, rehearsal, screen);
    }

    private static int RunOnce(RehearseOptions options, LinkRehearsal rehearsal, Screen screen)
    {
        var report = LiveProgress.Show(screen, isWanted: screen.Live && !options.Json, rehearsal.Run);
        if (options.Json)
            screen.Output.WriteLine(ReportJson.Write(report));
        else
            ReportText.Write(screen.Output, report);
        return report.ToExitCode();
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
