using System.Globalization;

namespace ServerlessPrivateLink.Benchmarks;

/// <summary>Writes goals, one a line.</summary>
public static class GoalText
{
    public static void Write(TextWriter to, IEnumerable<Goal> goals)
    {
        ArgumentNullException.ThrowIfNull(to);
        foreach (var goal in goals)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(goal.Met ? "met   " : "missed")}  {goal.What}: {goal.Measured?.ToString("0.###", CultureInfo.InvariantCulture) ?? "not measured"}, at most {goal.Most:0.###}"));
    }
}
