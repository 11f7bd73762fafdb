using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>Writes what would be done.</summary>
internal static class PlanText
{
    /// <param name="report">What would be done.</param>
    /// <param name="nothing">What people are told when that is nothing.</param>
    /// <param name="json">Programs read it.</param>
    /// <param name="to">Where to.</param>
    public static void Show(PlanReport report, string nothing, bool json, TextWriter to)
    {
        if (json) to.WriteLine(ReportJson.Write(report));
        else Write(report, nothing, to);
    }

    private static void Write(PlanReport report, string nothing, TextWriter to)
    {
        if (report.Changes.IsEmpty) to.WriteLine(nothing);
        foreach (var change in report.Changes) to.WriteLine($"  {Mark(change.Kind)} {change.What}");
        if (!report.Changes.IsEmpty) to.WriteLine(Count(report.Changes));
        foreach (var warning in report.Warnings) to.WriteLine($"warning: {warning}");
        foreach (var skipped in report.Skipped) to.WriteLine($"skipped: {skipped}");
        if (report is { UsdBefore: { } before, UsdAfter: { } after })
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cost: about {before:0.00} USD a month now, {after:0.00} after (see rehearse for what that is made of)"));
    }

    private static char Mark(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => '+',
        ChangeKind.Change => '~',
        ChangeKind.Remove => '-',
        _ => '!',
    };

    private static string Count(ImmutableArray<PlannedCall> changes)
    {
        return $"{Of(ChangeKind.Create)} to create, {Of(ChangeKind.Change)} to change, {Of(ChangeKind.Remove)} to remove, {Of(ChangeKind.Tell)} to tell people";

        string Of(ChangeKind kind) => changes.Count(change => change.Kind == kind).ToString(CultureInfo.InvariantCulture);
    }
}
