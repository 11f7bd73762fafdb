using System.Runtime.Versioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.House;

[UnsupportedOSPlatform("windows")]
public sealed class ScriptTests : IDisposable
{
    private readonly ScriptSandbox box = new();

    [Theory]
    [InlineData("setup: --packages: found 'bogus'", "setup", "--packages", "bogus")]
    [InlineData("setup: --packages: found ''", "setup", "--packages")]
    [InlineData("setup: found 'now'", "setup", "now")]
    [InlineData("test: found '--all'", "test", "--all")]
    public async Task A_wrong_command_line_is_bad_input(string complaint, params string[] arguments)
    {
        var ran = await box.Run(arguments);

        Assert.Equal(2, ran.Code);
        Assert.Contains(complaint, ran.Errors, StringComparison.Ordinal);
        Assert.Equal(0, box.Calls("build"));
    }

    [Theory]
    [InlineData("a.csproj : error NU1101: Unable to find package AWSSDK.EC2. No packages exist with this id in source(s): feed", "AWSSDK.EC2")]
    [InlineData("a.csproj : error NU1102: Unable to find package Amazon.Lambda.Core with version (>= 3.2.0)", "Amazon.Lambda.Core")]
    [InlineData("a.csproj : error NU1603: Warning As Error: a depends on AWSSDK.RDS (>= 4.0.10.1) but AWSSDK.RDS 4.0.10.1 was not found. AWSSDK.RDS 4.0.11 was resolved instead.", "AWSSDK.RDS")]
    public async Task A_feed_that_lacks_the_packages_is_remembered_in_one_line(string answer, string lacking)
    {
        box.Set("FAKE_RESTORE", answer);

        var ran = await box.Run("validate", "x");
        var again = await box.Run("validate", "x");

        Assert.Contains("offline</AwsPackages>", box.Choice, StringComparison.Ordinal);
        Assert.Contains($"does not have {lacking};", Assert.Single(ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(again.Errors);
        Assert.Equal(1, box.Calls("restore"));
    }

    [Fact]
    public async Task A_feed_that_has_the_packages_is_remembered()
    {
        var ran = await box.Run("validate", "x");

        Assert.Contains("nuget</AwsPackages>", box.Choice, StringComparison.Ordinal);
        Assert.Empty(ran.Errors);
    }

    [Theory]
    [InlineData("a.csproj : error NU1301: Unable to load the service index for source https://feed.")]
    [InlineData("a.csproj : error NU1301: Unable to load the service index.\nb.csproj : error NU1101: Unable to find package AWSSDK.EC2.")]
    [InlineData("a.csproj : error NU1101: Unable to find package xunit. No packages exist with this id in source(s): feed")]
    public async Task An_answer_about_something_else_is_an_error_and_decides_nothing(string answer)
    {
        box.Set("FAKE_RESTORE", answer);

        var ran = await box.Run("validate", "x");

        Assert.Equal(1, ran.Code);
        Assert.Contains("nothing was decided", ran.Errors, StringComparison.Ordinal);
        Assert.Null(box.Choice);
        Assert.Equal(0, box.Calls("build"));
    }

    [Fact]
    public async Task Setup_shows_and_changes_the_choice_and_builds_everything()
    {
        var offline = await box.Run("setup", "--packages", "offline");

        Assert.Contains("AWS packages: offline", offline.Output, StringComparison.Ordinal);
        Assert.Contains("offline</AwsPackages>", box.Choice, StringComparison.Ordinal);
        Assert.Equal(0, box.Calls("restore"));
        Assert.Equal(1, box.Calls("build ServerlessPrivateLink.sln"));
        Assert.Contains("AWS packages: nuget", (await box.Run("setup", "--packages=nuget")).Output, StringComparison.Ordinal);
        Assert.Contains("AWS packages: nuget", (await box.Run("setup")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_does_not_change_to_packages_that_the_feed_lacks()
    {
        await box.Run("setup", "--packages", "offline");
        box.Set("FAKE_RESTORE", "a.csproj : error NU1101: Unable to find package AWSSDK.EC2. No packages exist with this id in source(s): feed");

        var ran = await box.Run("setup", "--packages", "nuget");

        Assert.Equal(1, ran.Code);
        Assert.Contains("does not have AWSSDK.EC2; the choice stays offline", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("offline</AwsPackages>", box.Choice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_the_working_folder_and_the_exit_code_pass_through()
    {
        box.Set("FAKE_EXIT", "3");

        var ran = await box.Run("rehearse", "my link.json", "--json", "*");

        Assert.Equal(3, ran.Code);
        Assert.Equal($"in {box.At("elsewhere")}\n<rehearse><my link.json><--json><*>", ran.Output);
    }

    [Fact]
    public async Task It_builds_again_only_when_something_is_newer()
    {
        await box.Run("validate");
        await box.Run("validate");
        Assert.Equal(1, box.Calls("build"));

        box.MakeNewer("src/Program.cs");
        await box.Run("validate");

        Assert.Equal(2, box.Calls("build"));
    }

    [Fact]
    public async Task What_setup_built_is_not_built_again()
    {
        await box.Run("setup");

        await box.Run("validate");

        Assert.Equal(1, box.Calls("build"));
    }

    [Fact]
    public async Task It_builds_again_for_other_packages()
    {
        await box.Run("validate");
        box.Set("AwsPackages", "offline");

        await box.Run("validate");

        Assert.Equal(2, box.Calls("build"));
    }

    [Fact]
    public async Task A_build_that_fails_shows_its_errors_and_is_tried_again()
    {
        box.Set("FAKE_BUILD", "Program.cs(1,2): error CS1002: ; expected [/x/y.csproj]\nsome other noise");

        var ran = await box.Run("validate");
        await box.Run("validate");

        Assert.Equal(1, ran.Code);
        Assert.StartsWith("Program.cs(1,2): error CS1002: ; expected\n", ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("noise", ran.Errors, StringComparison.Ordinal);
        Assert.Equal(2, box.Calls("build"));
    }

    [Fact]
    public async Task It_works_through_a_symbolic_link()
    {
        File.CreateSymbolicLink(box.At("elsewhere/privatelink"), "../privatelink");

        var ran = await Command.Run("bash", [box.At("elsewhere/privatelink"), "setup", "--packages", "bogus"], box.At("elsewhere"));

        Assert.Equal(2, ran.Code);
    }

    [Fact]
    public async Task Help_lists_what_the_script_does_itself()
    {
        var ran = await box.Run("--help");

        Assert.Contains("<--help>", ran.Output, StringComparison.Ordinal);
        Assert.Contains("  setup [--packages nuget|offline]", ran.Output, StringComparison.Ordinal);
        Assert.Contains("  test [WORD...]", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("total='5' executed='5' passed='5' failed='0'", "total='2' executed='1' passed='1' failed='0'", "0", "6 passed, 0 failed, 1 skipped", 0)]
    [InlineData("total='5' executed='5' passed='3' failed='2'", "total='2' executed='2' passed='2' failed='0'", "1", "5 passed, 2 failed", 1)]
    [InlineData("total='5' executed='5' passed='5' failed='0'", "", "1", "5 passed, 1 failed", 1)]
    [InlineData("", "", "0", "0 passed, 0 failed", 1)]
    [InlineData("", "", "1", "0 passed, 1 failed", 1)]
    public async Task The_last_line_of_a_test_run_sums_it_up(string first, string second, string exit, string closing, int code)
    {
        box.Set("FAKE_COUNTERS", first.Replace('\'', '"'));
        box.Set("FAKE_MORE_COUNTERS", second.Replace('\'', '"'));
        box.Set("FAKE_EXIT", exit);

        var ran = await box.Run("test");

        Assert.Equal(closing, ran.Output.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal(code, ran.Code);
    }

    [Fact]
    public async Task Words_choose_the_tests_whose_names_contain_one_of_them()
    {
        await box.Run("test", "House", "Offline");

        Assert.Contains("--filter FullyQualifiedName~House|FullyQualifiedName~Offline", await File.ReadAllTextAsync(box.At("calls.log")), StringComparison.Ordinal);
    }

    public void Dispose() => box.Dispose();
}
