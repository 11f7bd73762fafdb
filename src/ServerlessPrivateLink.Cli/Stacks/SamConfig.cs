using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>What <c>samconfig.toml</c> says of where the stack was deployed; null: nothing.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Region">Its Region.</param>
public sealed partial record SamConfig(string? Stack, string? Region)
{
    public const string FileName = "samconfig.toml";

    // What "sam deploy" heeds, the first before the second (AWS SAM Developer Guide: "Configuration file precedence").
    private static readonly ImmutableArray<string> Tables = ["default.deploy.parameters", "default.global.parameters"];

    public static SamConfig Of(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) ? Read(File.ReadAllLines(path)) : new(null, null);
    }

    /// <summary>Its lines of the form <c>key = "text"</c>; all others say nothing of this.</summary>
    public static SamConfig Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var (values, table) = (new Dictionary<(string Table, string Key), string>(), "");
        foreach (var line in lines)
        {
            if (Table().Match(line) is { Success: true } named)
                table = named.Groups["name"].Value;
            else if (Text().Match(line) is { Success: true } text)
                values[(table, text.Groups["key"].Value)] = text.Groups["value"].Value;
        }

        return new(First("stack_name"), First("region"));

        string? First(string key) => Tables.Select(one => values.GetValueOrDefault((one, key))).FirstOrDefault(value => !string.IsNullOrEmpty(value));
    }

    [GeneratedRegex("""^\s*\[\s*(?<name>[^\]\s]+)\s*\]""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Table();

    [GeneratedRegex("""^\s*(?<key>[A-Za-z_]+)\s*=\s*["'](?<value>[^"']*)["']""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Text();
}
