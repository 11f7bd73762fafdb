using System.Text.Json.Nodes;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class RehearseAsDeployedTests
{
    [Fact]
    public async Task Functions_in_processes_of_their_own_build_the_same_link_by_the_same_calls()
    {
        var (inside, deployed) = (await Rehearse(), await Rehearse("--as-deployed"));

        Assert.Equal("done", deployed["status"]!.GetValue<string>());
        var note = Assert.Single(deployed["notes"]!.AsArray(), note => note!.GetValue<string>().StartsWith("Each function ran in a process of its own", StringComparison.Ordinal));
        Assert.Contains("ResolveAddresses ran in this one", note!.GetValue<string>(), StringComparison.Ordinal);
        deployed["notes"]!.AsArray().Remove(note);
        Assert.All(inside, part => Assert.True(JsonNode.DeepEquals(part.Value, deployed[part.Key]), $"{part.Key}: {part.Value} in process, {deployed[part.Key]} as deployed"));
    }

    [Fact]
    public void Without_a_build_output_a_person_is_told_what_to_do()
    {
        var missing = Assert.Throws<BadInputException>(() => DeployedFunctions.BuildOutput(new(Path.GetTempPath())));

        Assert.Contains("./privatelink setup", missing.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonObject> Rehearse(params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
#pragma warning disable RS0030 // Processes live in real time.
        var host = new Host(Repository.Root, Live: false, TimeProvider.System);
#pragma warning restore RS0030
        await Program.RunAsync(["rehearse", "--json", .. options], output, error, host, CancellationToken.None);
        Assert.Equal("", error.ToString());
        return JsonNode.Parse(output.ToString())!.AsObject();
    }
}
