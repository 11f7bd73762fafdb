using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData]
    [InlineData("frobnicate")]
    [InlineData("validate")]
    [InlineData("validate", "a.json", "b.json")]
    [InlineData("rehearse", "--seed", "many")]
    [InlineData("rehearse", "--seed=-1")]
    [InlineData("rehearse", "--seed", "1..3")]
    [InlineData("rehearse", "--faults", "--seed", "3..1")]
    [InlineData("rehearse", "--faults", "--as-deployed")]
    [InlineData("rehearse", "--faults", "--seed", "1..")]
    [InlineData("rehearse", "--account")]
    [InlineData("rehearse", "--colour")]
    [InlineData("drill", "--kind", "oracle")]
    [InlineData("drill", "--course", "sideways")]
    [InlineData("drill", "--seed", "1..3")]
    [InlineData("drill", "--faults")]
    [InlineData("drill", "a.json", "b.json")]
    public async Task A_wrong_command_line_is_bad_input_and_leaves_the_output_empty(params string[] args)
    {
        var run = await Run.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_no_error_and_names_the_commands()
    {
        var run = await Run.Of("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("rehearse", run.Output, StringComparison.Ordinal);
        Assert.Contains("drill", run.Output, StringComparison.Ordinal);
        Assert.Contains("validate", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }
}
