using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Release;

/// <param name="Link">The link's name.</param>
/// <param name="Checks">How often it was looked at.</param>
/// <param name="Limit">How often it is looked at in all.</param>
/// <param name="MadeBy">The mark of the execution whose work goes; empty: all that is the link's.</param>
public sealed record DeletionInput(string Link, int Checks, int Limit, string MadeBy);

/// <param name="Gone">Whether nothing of this kind is left.</param>
/// <param name="Blocked">Whether something that is to go before stands in the way.</param>
/// <param name="Checks">How often it was looked at.</param>
public sealed record DeletionOutput(bool Gone, bool Blocked, int Checks);

/// <summary>What a look at things that are to go came to.</summary>
/// <param name="Left">Those that were there; they may be gone by the next look.</param>
/// <param name="Blocked">Whether something that is to go before stands in the way.</param>
public sealed record Deletion(ImmutableArray<Held> Left, bool Blocked)
{
    /// <exception cref="NotGoneException">It was looked at as often as the limit allows.</exception>
    public DeletionOutput After(DeletionInput input)
    {
        if (Left.IsEmpty) return new(Gone: true, Blocked: false, Checks: 0);
        var checks = input.Checks + 1;
        return checks < input.Limit ? new(Gone: false, Blocked, checks) : throw new NotGoneException(Left, checks);
    }
}

/// <param name="What">What is still there.</param>
/// <param name="By">What keeps it; empty: its deletion takes its time.</param>
public sealed record Held(Remnant What, string By = "")
{
    public override string ToString() => By.Length == 0 ? What.ToString() : $"{What} ({By})";
}

public sealed class NotGoneException(ImmutableArray<Held> left, int checks)
    : RefusedException(
        string.Create(CultureInfo.InvariantCulture, $"After {checks} looks there is still: {string.Join(", ", left)}."),
        "Take away what keeps it, or wait, then start the execution again with the same input; what is gone stays gone.");

/// <summary>AWS will not delete it, and by itself that will not change.</summary>
public sealed class DeletionRefusedException(Remnant what, string why, string remedy)
    : RefusedException($"The {what} cannot be deleted: {why}", $"{remedy} Then start the execution again with the same input; what is gone stays gone.");
