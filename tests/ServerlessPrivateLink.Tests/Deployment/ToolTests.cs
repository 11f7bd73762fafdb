using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deployment;

/// <summary>The opinions of the public checkers, where they are installed.</summary>
public sealed class ToolTests
{
    [SkippableFact]
    public async Task Cfn_lint_finds_nothing_in_the_template()
    {
        var tool = OnPath("cfn-lint");
        Skip.If(tool is null, "cfn-lint is not on the PATH (pip install cfn-lint).");

        var lint = await Command.Run(tool, ["--non-zero-exit-code", "informational", "template.yaml"], Repository.Root);

        Assert.True(lint.Code == 0 && lint.Output.Trim().Length == 0, lint.Output + lint.Errors);
    }

    [SkippableTheory]
    [InlineData("provision")]
    [InlineData("follow-failover")]
    [InlineData("watch-names")]
    public async Task Asl_validator_finds_nothing_in_a_state_machine(string name)
    {
        var tool = Repository.At("node_modules/.bin/asl-validator");
        Skip.IfNot(File.Exists(tool), "asl-validator is not in node_modules (npm install asl-validator).");

        var validator = await Command.Run(tool, ["--json-path", $"statemachine/{name}.asl.json"], Repository.Root);

        Assert.True(validator.Code == 0, validator.Output + validator.Errors);
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
