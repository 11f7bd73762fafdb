using System.Globalization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Writes how a stack looks after its links as plain text.</summary>
internal static class UpkeepText
{
    public static IEnumerable<string> Lines(string stack, Upkeep upkeep) =>
    [
        $"The stack {stack}",
        .. upkeep.Troubles.Select(static trouble => $"  ! {trouble}"),
        .. upkeep.LastSync is { } sync ? [$"  Last sync      {Text(sync)}"] : Array.Empty<string>(),
        .. upkeep.Alarms.Select(static (alarm, at) => $"  {(at == 0 ? "Alarms" : ""),-13}  {alarm.Alarm}  {alarm.State ?? "gone"}{(alarm.Since is { } since ? $" since {Instant.Text(since)}" : "")}"),
        .. upkeep.Skipped.Select(static left => $"  Skipped        {left}"),
    ];

    private static string Text(LastSync sync) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(sync.RanAt is { } ran ? $"{Instant.Text(ran)}{(sync.Failed ? ", failed" : "")}" : "none")}; {sync.Runs} runs in {sync.Minutes} minutes, {sync.Failures} failed");
}
