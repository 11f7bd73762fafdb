using System.Text.RegularExpressions;
using ServerlessPrivateLink.Cli;
using Xunit;

namespace ServerlessPrivateLink.Tests.House;

/// <summary>What alerts, errors and the README tell a person to run can be run.</summary>
public sealed partial class NamedCommandsTests
{
    private static readonly Dictionary<string, string[]> OfTheScript = new(StringComparer.Ordinal) { ["setup"] = ["--packages"], ["test"] = [] };

    [Fact]
    public void Every_command_that_is_named_exists_with_its_options()
    {
        using var nowhere = new StringWriter();
        var root = CommandLine.Build(new(nowhere, nowhere, Live: false, 80), new(Repository.Root, Live: false, TimeProvider()));
        var known = root.Subcommands.ToDictionary(static command => command.Name, static command => command.Options.Select(static option => option.Name).ToArray(), StringComparer.Ordinal).Concat(OfTheScript).ToDictionary(StringComparer.Ordinal);

        var named = Texts().SelectMany(file => Command().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Text: match.Value, Verb: match.Groups["verb"].Value, Options: Option().Matches(match.Groups["rest"].Value).Select(option => option.Value)))).ToArray();

        Assert.True(named.Length > 30, $"only {named.Length}");
        Assert.Contains(named, static one => one is { File: "ConnectionNews.cs", Verb: "accept" } && one.Options.Contains("--withdraw", StringComparer.Ordinal));
        Assert.Empty(named.Where(one => !known.TryGetValue(one.Verb, out var options) || one.Options.Except(options.Append("--help"), StringComparer.Ordinal).Any()).Select(one => $"{one.File}: {one.Text}"));
    }

    private static IEnumerable<string> Texts() =>
    [
        Repository.At("README.md"),
        Repository.At("template.yaml"),
        .. Directory.EnumerateFiles(Repository.At("statemachine"), "*.json"),
        .. Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
    ];

#pragma warning disable RS0030 // Nothing is run, so nothing looks at it.
    private static TimeProvider TimeProvider() => System.TimeProvider.System;
#pragma warning restore RS0030

    // A sentence that goes on after a command ends it by a mark; a dot within a word does not.
    [GeneratedRegex("""(?<![\w-])(\./)?privatelink (?<verb>[a-z]+)(?<rest>([^\n`"#<.;)]|\.(?=\w))*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();

    [GeneratedRegex("--[a-z-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Option();
}
