using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Xunit;

namespace ServerlessPrivateLink.Tests.House;

/// <summary>The rules of the house that no compiler knows.</summary>
public sealed partial class RepositoryTests
{
    private const int MostLines = 300;

    // A file that may be longer, and why.
    private static readonly Dictionary<string, string> MayBeLong = new(StringComparer.Ordinal)
    {
        ["template.yaml"] = "one stack is one template",
        ["statemachine/provision.asl.json"] = "one state machine is one definition",
        ["statemachine/release.asl.json"] = "one state machine is one definition",
        ["privatelink"] = "one script, so that it can be run from anywhere and through a link",
        ["README.md"] = "one page has all that its reader looks for, the alerts among it",
    };

    public static TheoryData<string> Scripts => ["privatelink", ".ci/run"];

    [Fact]
    public void No_file_is_long_without_a_reason()
    {
        var tooLong = Repository.Files(".cs", ".yaml", ".sh", ".asl.json", ".md").Append("privatelink").Append(".ci/run")
            .Where(file => File.ReadLines(Repository.At(file)).Count() > MostLines);

        Assert.Empty(tooLong.Except(MayBeLong.Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void Text_ends_its_lines_as_git_keeps_them()
    {
        var broken = Repository.Files(".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".yaml", ".toml", ".md", ".txt", ".gitignore", ".editorconfig")
            .Concat(["privatelink", ".ci/run"])
            .Where(file => File.ReadAllText(Repository.At(file)) is var text && (text.Contains('\r', StringComparison.Ordinal) || !text.EndsWith('\n')));

        Assert.Empty(broken);
    }

    [Fact]
    public void Nothing_is_left_for_later() => Assert.DoesNotContain(
        Lines(".cs", ".csproj", ".yaml", ".md", "privatelink"),
        line => !line.StartsWith("tests/ServerlessPrivateLink.Tests/House/RepositoryTests.cs", StringComparison.Ordinal) && LeftForLater().IsMatch(line));

    [Fact]
    public void No_type_is_named_after_its_being_a_type() => Assert.DoesNotContain(Lines(".cs"), line => EmptyName().IsMatch(line));

    [Fact]
    public void No_source_outside_the_stand_ins_knows_which_packages_it_is_built_with() => Assert.DoesNotContain(
        Lines(".cs"), line => !line.StartsWith("src/offline/", StringComparison.Ordinal) && Conditional().IsMatch(line));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.At("ServerlessPrivateLink.sln")).Replace('\\', '/');

        Assert.DoesNotContain(Repository.Files(".csproj"), project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_stand_in_carries_the_name_of_the_package_that_it_stands_in_for()
    {
        var packages = File.ReadAllText(Repository.At("Directory.Packages.props"));
        var standIns = Repository.Files(".csproj").Where(project => project.StartsWith("src/offline/", StringComparison.Ordinal) && project.Count(c => c == '/') == 3);

        Assert.All(standIns, project =>
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.Equal($"src/offline/{name}/{name}.csproj", project);
            Assert.Contains($"\"{name}\"", packages, StringComparison.Ordinal);
        });
    }

    [Theory]
    [UnsupportedOSPlatform("windows")]
    [MemberData(nameof(Scripts))]
    public async Task A_script_is_executable_and_bash_can_read_it(string script)
    {
        Assert.True(File.GetUnixFileMode(Repository.At(script)).HasFlag(UnixFileMode.UserExecute));

        var read = await Command.Run("bash", ["-n", Repository.At(script)], Repository.Root);

        Assert.Equal(new Ran(0, string.Empty, string.Empty), read);
    }

    private static IEnumerable<string> Lines(params string[] endings) => Repository.Files(endings)
        .SelectMany(file => File.ReadLines(Repository.At(file)).Select((line, index) => $"{file}:{index + 1}: {line}"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum) \w*(Manager|Helper|Helpers|Util|Utils|Utility|Wrapper)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmptyName();

    [GeneratedRegex(@":\d+: \s*#if\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Conditional();
}
