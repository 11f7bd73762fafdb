namespace LocalAws.Access;

/// <summary>A policy cannot be read, or means something that this reading of IAM does not know; nothing in it is ever skipped.</summary>
/// <param name="path">Where, such as <c>Statement[0].Condition.StringMatches</c>.</param>
/// <param name="found">What stands there.</param>
/// <param name="allowed">What may stand there.</param>
public sealed class PolicyException(string path, string found, string allowed)
    : FormatException($"{path}: found {found}; allowed: {allowed}.")
{
    /// <summary>Where in the policy.</summary>
    public string Path { get; } = path;

    /// <summary>What stands there.</summary>
    public string Found { get; } = found;

    /// <summary>What may stand there.</summary>
    public string Allowed { get; } = allowed;
}
