using LocalAws.Accounts;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Validation;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>What <c>privatelink rehearse</c> was asked.</summary>
/// <param name="Link">The link document; null: the example.</param>
/// <param name="Account">The account's directory; null: the example.</param>
/// <param name="Seed">The seed of all chance.</param>
/// <param name="AsDeployed">Each function in a process of its own.</param>
/// <param name="Json">One JSON document and nothing else.</param>
public sealed record RehearseOptions(string? Link, string? Account, int Seed, bool AsDeployed, bool Json);

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
        using var rehearsal = LinkRehearsal.Prepare(account, Template.Load(home.Template), link, document, options.Seed, start);
        if (options.AsDeployed)
            rehearsal.RunAsDeployed(DeployedFunctions.BuildOutput(home), host.Clock);
        var report = LiveProgress.Show(screen, isWanted: screen.Live && !options.Json, rehearsal.Run);
        if (options.Json)
            screen.Output.WriteLine(ReportJson.Write(report));
        else
            ReportText.Write(screen.Output, report);
        return report.ToExitCode();
    }
}
