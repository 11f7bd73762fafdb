using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Validation;

/// <summary>Everything that is wrong with the input, as it goes out as JSON.</summary>
public sealed record InputErrors(ImmutableArray<LinkError> Errors)
{
    /// <summary>Writes them for programs.</summary>
    public void WriteJson(TextWriter to) => to.WriteLine(ReportJson.Write(this));

    /// <summary>Writes them for people.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="what">What the errors are in.</param>
    public void WriteText(TextWriter to, string what)
    {
        ArgumentNullException.ThrowIfNull(to);
        to.WriteLine(Errors.Length == 1 ? $"{what}: 1 error" : $"{what}: {Errors.Length} errors");
        foreach (var one in Errors)
        {
            to.WriteLine();
            to.WriteLine($"  {one.Path}: {one.Message}");
            to.WriteLine($"    found    {one.Found}");
            to.WriteLine($"    allowed  {one.Allowed}");
        }
    }
}
