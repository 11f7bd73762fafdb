namespace ServerlessPrivateLink.Cli;

/// <summary>Where a command writes.</summary>
/// <param name="Output">What was asked for.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Live">A person watches <paramref name="Output"/> on a terminal that can move its cursor.</param>
/// <param name="Width">How many characters a line of a chart may have.</param>
public sealed record Screen(TextWriter Output, TextWriter Error, bool Live, int Width);
