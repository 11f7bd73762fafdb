using System.Collections.Immutable;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Rds;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Validation;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Drills;

/// <summary>What <c>privatelink drill</c> was asked.</summary>
/// <param name="Link">The link document; null: an example.</param>
/// <param name="Account">The account's directory; null: the example.</param>
/// <param name="Kind">One of <see cref="DrillKinds"/>; null: the first that the link has.</param>
/// <param name="Course">One of <see cref="DrillCourses"/>.</param>
/// <param name="Seed">The seed of all chance.</param>
/// <param name="Json">One JSON document and nothing else.</param>
public sealed record DrillOptions(string? Link, string? Account, string? Kind, string Course, int Seed, bool Json);

/// <summary><c>privatelink drill</c>: lets one database fail over on an embedded AWS and reports.</summary>
public static class DrillCommand
{
    public static int Run(DrillOptions options, Screen screen, Host host)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(screen);
        ArgumentNullException.ThrowIfNull(host);
        return CheckedInput.Run(options.Json, options.Account, screen, () => RunChecked(options, screen, host));
    }

    private static int RunChecked(DrillOptions options, Screen screen, Host host)
    {
        var home = HomeDirectory.Find(host.Home, AppContext.BaseDirectory);
        var account = AccountDescription.Load(options.Account ?? home.ExampleAccount);
        var today = LinkFile.Today(host.Clock);
        var kind = options.Kind is { } named ? DrillKinds.Find(named) : (FailoverKind?)null;
        var example = kind is FailoverKind.Cluster ? home.ExampleClusterLink : home.ExampleLink;
        if (LinkSource.Read(options.Link ?? example, account.Partition, today, options.Json, screen) is not { } source)
            return ExitCode.BadInput;
        using var deployed = DeployedStack.Deploy(account, Template.Load(home.Template), source.Link, options.Seed, new(today, new(8, 0), TimeSpan.Zero));
        if (Choose(source.Link, deployed.Cloud, kind) is not { } subject)
            return Refuse(source.Link, deployed.Cloud, kind, options.Json, screen);
        var report = Drill(deployed, source, subject, options);
        if (options.Json)
            screen.Output.WriteLine(ReportJson.Write(report));
        else
            FailoverText.Write(screen.Output, report, screen.Width);
        return RehearsalReport.ToExitCode(report.Status);
    }

    private static DrillReport Drill(DeployedStack deployed, LinkSource source, DrillSubject subject, DrillOptions options)
    {
        var start = deployed.Cloud.Time.GetUtcNow();
        var built = deployed.Build("drill", source.Document, static (_, _) => { });
        if (!built.HasSucceeded)
        {
            var failure = Refusals.Of(built);
            return new(failure.Reasons.IsEmpty ? RehearsalReport.Failed : RehearsalReport.Refused, source.Link.Name, options.Seed, null, [], deployed.Notes, failure);
        }

        var story = new FailoverStory(deployed, start);
        var steady = story.Settle();
        var chance = new Chance(options.Seed).Apart("drill");
        ImmutableArray<FailoverReport> failovers = [.. Enumerable.Range(0, Times(source.Link, subject)).SelectMany(_ => story.Move(subject, options.Course, DrillCourses.Find(options.Course, subject.Kind, chance)))];
        return new(failovers.All(static one => one.Followed) ? RehearsalReport.Done : RehearsalReport.Failed, source.Link.Name, options.Seed, steady, failovers, deployed.Notes, null);
    }

    // A standby is kept from the first failover on, so it is the second that gains from it.
    private static int Times(Link link, DrillSubject subject) =>
        subject.Kind is FailoverKind.Instance && link.Databases.Any(database => database.Name == subject.Name && database.KeepsStandby) ? 2 : 1;

    private static DrillSubject? Choose(Link link, Cloud cloud, FailoverKind? kind) =>
        All(link, cloud).FirstOrDefault(subject => kind is null || subject.Kind == kind);

    private static int Refuse(Link link, Cloud cloud, FailoverKind? kind, bool json, Screen screen)
    {
        ImmutableArray<string> others = [.. All(link, cloud).Select(static subject => $"{subject.Name} ({DrillKinds.NameOf(subject.Kind)})")];
        var wanted = kind is { } named ? DrillKinds.Describe(named) : "database that can move";
        var message = $"The link {link.Name} exposes no {wanted}; what it exposes and can be moved: {(others.IsEmpty ? "nothing" : string.Join(", ", others))}.";
        if (json)
            new InputErrors([new("$.databases", string.Join(", ", link.Databases.Select(static database => database.Name)), $"a {wanted}", message)]).WriteJson(screen.Output);
        else
            screen.Error.WriteLine($"privatelink: {message}");
        return ExitCode.BadInput;
    }

    private static IEnumerable<DrillSubject> All(Link link, Cloud cloud) => DrillKinds.All.SelectMany(kind => DrillSubject.Of(link, cloud, kind));
}
