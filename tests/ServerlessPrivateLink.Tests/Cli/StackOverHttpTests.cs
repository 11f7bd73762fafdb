using System.Diagnostics;
using Amazon.Runtime;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>The commands on a stack before <c>privatelink local</c>, over HTTP.</summary>
public sealed class StackOverHttpTests(Served served) : IClassFixture<Served>
{
    [Fact]
    public async Task A_command_reaches_the_stack_of_samconfig_by_an_endpoint_url()
    {
        var listed = await RunAsync("connections", "orders", "--json");
        var refused = await RunAsync("accept", "orders", "vpce-0123456789abcdef0");

        Assert.Equal((0, "", 0), (listed.ExitCode, listed.Error, listed.Json.GetProperty("connections").GetArrayLength()));
        Assert.Equal((3, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("EndpointId: found vpce-0123456789abcdef0", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_takes_credentials_Region_and_endpoint_from_its_environment()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "connections", "orders"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        foreach (var (name, value) in served.Operator)
            start.Environment[name] = value;
        start.Environment["AWS_ENDPOINT_URL"] = served.Endpoint;
        start.Environment[HomeDirectory.Variable] = Repository.Root;

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.Equal((0, "", "Nobody is connected to orders, and nobody asks to be."), (process.ExitCode, await error, (await output).TrimEnd()));
    }

    private async Task<Run> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
#pragma warning disable RS0030 // Clients that sign for a socket look at the real clock.
        var host = new Host(Repository.Root, Live: false, TimeProvider.System)
#pragma warning restore RS0030
        {
            Variables = Host.NoVariables.SetItems(served.Operator),
            Aws = new(new BasicAWSCredentials(served.Operator["AWS_ACCESS_KEY_ID"], served.Operator["AWS_SECRET_ACCESS_KEY"]), Http: null),
        };
        var code = await Program.RunAsync([.. args, "--endpoint-url", served.Endpoint], output, error, host, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}
