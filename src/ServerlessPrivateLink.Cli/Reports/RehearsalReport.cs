using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Costs;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>All that a rehearsal has to tell, before it is written as text or JSON.</summary>
/// <param name="Status"><see cref="Done"/>, <see cref="Failed"/> or <see cref="Refused"/>.</param>
/// <param name="Link">The link's name.</param>
/// <param name="SimulatedSeconds">How long the first run took in simulated time.</param>
/// <param name="States">The states that it entered, in that order.</param>
/// <param name="Resources">What carries the link's tags at the end.</param>
/// <param name="ServiceName">What consumers connect to; null: there is none.</param>
/// <param name="Checklist">The vendor guides' checklist.</param>
/// <param name="Calls">What the functions called in the first run.</param>
/// <param name="SecondRun">What the same document did when it ran again.</param>
/// <param name="Alerts">What was published to the alert topic in the first run while <paramref name="Connections"/> were decided, and during <paramref name="Release"/>.</param>
/// <param name="Vendor">What to send to the vendor; null: there is no service.</param>
/// <param name="Cost">What it costs each month; null: it was not built.</param>
/// <param name="Warnings">What the plan warned of.</param>
/// <param name="Notes">What the rehearsal had to assume.</param>
/// <param name="Failure">Why it did not end well; null: it did.</param>
/// <param name="SteadyState">Minutes of the schedule after both runs; null: there was no link.</param>
/// <param name="Failovers">What failovers did after that, one entry for each listener that leads to a database that moved.</param>
/// <param name="Connections">What became of consumers who connected after that.</param>
/// <param name="Release">How the link was taken down in the end; null: there was none.</param>
public sealed record RehearsalReport(
    string Status,
    string Link,
    double SimulatedSeconds,
    ImmutableArray<StateRun> States,
    ImmutableArray<BuiltResource> Resources,
    string? ServiceName,
    ImmutableArray<ChecklistItem> Checklist,
    CallCounts Calls,
    SecondRun SecondRun,
    ImmutableArray<SentAlert> Alerts,
    VendorSheet? Vendor,
    CostEstimate? Cost,
    ImmutableArray<string> Warnings,
    ImmutableArray<string> Notes,
    RunFailure? Failure,
    SteadyState? SteadyState,
    ImmutableArray<FailoverReport> Failovers,
    ImmutableArray<ConnectionReport> Connections,
    ReleaseReport? Release)
{
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Refused = "refused";

    public static int ToExitCode(string status) => status switch
    {
        Done => ExitCode.Done,
        Refused => ExitCode.Refused,
        _ => ExitCode.Failed,
    };
}

/// <summary>One state of the machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Entered">Seconds of simulated time from the start to its first entry.</param>
/// <param name="Seconds">Seconds spent in it, all visits together.</param>
/// <param name="Visits">How often it was entered.</param>
/// <param name="Attempts">How often its task was tried, retries included; 0 for states without one.</param>
public sealed record StateRun(string Name, double Entered, double Seconds, int Visits, int Attempts);

/// <summary>Something that the run created.</summary>
/// <param name="Type">Its CloudFormation type.</param>
/// <param name="Id">Its id or ARN.</param>
/// <param name="Name">What a person calls it.</param>
public sealed record BuiltResource(string Type, string Id, string Name);

/// <summary>One item of the checklist.</summary>
/// <param name="Item">What should be so.</param>
/// <param name="Done">Whether it is.</param>
/// <param name="Evidence">What AWS answered that shows it.</param>
public sealed record ChecklistItem(string Item, bool Done, string Evidence);

/// <summary>Calls of the functions and of the state machine; those of whoever looks on are not among them.</summary>
/// <param name="Total">All.</param>
/// <param name="Mutating">Those that can change something.</param>
/// <param name="ByAction">All, by IAM action.</param>
public sealed record CallCounts(int Total, int Mutating, ImmutableSortedDictionary<string, int> ByAction)
{
    public static readonly CallCounts None = new(0, 0, ImmutableSortedDictionary<string, int>.Empty);
}

/// <summary>The same document, run again.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="SimulatedSeconds">How long it took in simulated time.</param>
/// <param name="MutatingCalls">Calls that can change something; 0 is right.</param>
/// <param name="MutatingActions">Which ones.</param>
public sealed record SecondRun(string Status, double SimulatedSeconds, int MutatingCalls, ImmutableArray<string> MutatingActions);

/// <summary>What was published to the alert topic.</summary>
/// <param name="At">Seconds of simulated time from the start.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Message">Its text.</param>
public sealed record SentAlert(double At, string Subject, string Message)
{
    /// <summary>What a subscriber by e-mail reads, which is the message's text.</summary>
    public string Body => Message;
}

/// <summary>Why a run did not end well.</summary>
/// <param name="Error">The error's name in the state machine.</param>
/// <param name="Cause">What it said.</param>
/// <param name="Reasons">A refusal's reasons, each with its remedy; empty: it was not refused.</param>
public sealed record RunFailure(string Error, string Cause, ImmutableArray<RefusalReason> Reasons);

/// <summary>One reason for a refusal.</summary>
/// <param name="Reason">What stands in the way.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record RefusalReason(string Reason, string Remedy);

/// <summary>What a vendor needs to connect.</summary>
/// <param name="ServiceName">What the endpoint is created for.</param>
/// <param name="ServiceRegion">Where the service stands.</param>
/// <param name="AccountId">Who owns it.</param>
/// <param name="Databases">Port by database.</param>
/// <param name="Zones">The zones in which an endpoint can be placed.</param>
public sealed record VendorSheet(
    string ServiceName,
    string ServiceRegion,
    string AccountId,
    ImmutableArray<VendorDatabase> Databases,
    ImmutableArray<VendorZone> Zones);

/// <summary>A database as the vendor sees it.</summary>
public sealed record VendorDatabase(string Name, int Port);

/// <summary>A zone, by the id that is the same in every account and by the name that only this account gives it.</summary>
public sealed record VendorZone(string ZoneId, string Zone);
