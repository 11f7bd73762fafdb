namespace ServerlessPrivateLink.Benchmarks;

/// <param name="What">What is measured.</param>
/// <param name="Most">What it may be at most.</param>
/// <param name="Measured">What it is; null: it could not be measured.</param>
/// <param name="Met">Whether the goal is reached.</param>
public sealed record Goal(string What, double Most, double? Measured, bool Met)
{
    public static Goal AtMost(string what, double most, double? measured) => new(what, most, measured, measured <= most);
}
