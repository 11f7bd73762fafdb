using System.Text.Json;
using ServerlessPrivateLink.Cli.Plans;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Cli.Validation;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary><c>privatelink up</c>: builds a link, or changes it into what its document says.</summary>
internal static class UpCommand
{
    public const string Machine = "Provision";

    /// <param name="session">The stack.</param>
    /// <param name="path">The link document.</param>
    /// <param name="detach">Whether to leave when it has started.</param>
    /// <param name="json">One JSON document and nothing else.</param>
    /// <param name="screen">Where it is told.</param>
    /// <param name="clock">Time between looks.</param>
    /// <param name="stop">Ends the looking, not the execution.</param>
    public static async Task<int> RunAsync(StackSession session, string path, bool detach, bool json, Screen screen, TimeProvider clock, CancellationToken stop) =>
        LinkSource.Read(path, session.Stack.Partition, LinkFile.Today(clock), json, screen) is { } source
            ? await new MachineRun(session, screen, clock).RunAsync(new(Machine, source.Link.Name, source.Document, $"privatelink up {path}", detach, json), Read, stop)
            : ExitCode.BadInput;

    /// <summary><c>privatelink repair</c>: provisions the last document again, which puts back what people changed by hand.</summary>
    public static async Task<int> RepairAsync(StackSession session, string link, bool detach, bool json, Screen screen, TimeProvider clock, CancellationToken stop)
    {
        var last = await LastRun.FindAsync(session, link, stop);
        return await new MachineRun(session, screen, clock).RunAsync(new(Machine, link, last.Document, $"privatelink repair {link}", detach, json), Read, stop);
    }

    private static RunReport Read(RunReport report, string output)
    {
        var announced = JsonSerializer.Deserialize<Announcement>(output)!;
        return report with
        {
            Leftovers = announced.Removed,
            Shared = SharedReport.Of(report.Link, new(
                announced.ServiceName,
                announced.Region,
                announced.AccountId,
                [.. announced.Listeners.Select(static listener => new VendorDatabase(listener.Database, listener.Port))],
                [.. announced.Zones.Select(static zone => new VendorZone(zone.ZoneId, zone.Zone))])),
        };
    }
}
