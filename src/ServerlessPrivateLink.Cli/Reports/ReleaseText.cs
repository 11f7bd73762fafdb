using System.Globalization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Writes how a link was taken down as lines of plain text.</summary>
public static class ReleaseText
{
    public static IEnumerable<string> Lines(ReleaseReport? release) => release is null
        ? []
        :
        [
            "",
            $"Release{(release.Forced ? ", forced, since somebody is connected" : "")}: {release.Status} after {Number(release.SimulatedSeconds)} s; there were {release.Removed} parts of the link, and {release.Remaining} remain",
            .. release.States.Where(static state => state.Attempts > 0 || state.Seconds >= 1).Select(static state => $"  {Number(state.Entered),8} {Number(state.Seconds),8} {state.Visits,4}  {state.Name}"),
            $"  A second release: {release.SecondRun.Status}, mutating calls: {release.SecondRun.MutatingCalls}",
            .. release.Alerts.SelectMany(ReportText.Alert).Select(static line => $"    {line}".TrimEnd()),
        ];

    private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
