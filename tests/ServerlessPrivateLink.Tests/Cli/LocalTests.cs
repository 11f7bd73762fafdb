using System.Net;
using System.Net.Sockets;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class LocalTests
{
    [Theory]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "-1")]
    [InlineData("--speed", "NaN")]
    [InlineData("--speed", "3601")]
    [InlineData("--speed", "fast")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "x")]
    [InlineData("--json", "x")]
    public async Task A_value_that_cannot_be_is_bad_input(string option, string value)
    {
        var run = await Run.Of("local", option, value);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
        Assert.Contains("privatelink local --help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_bad_input_that_names_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = $"{((IPEndPoint)other.LocalEndpoint).Port}";

        var run = await Run.Of("local", "--port", port);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"--port {port}: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_document_or_account_is_bad_input()
    {
        var (link, account) = (await Run.Of("local", "--link", Repository.At("examples/invalid.json")), await Run.Of("local", "--account", Repository.At("statemachine")));

        Assert.Equal((2, "", 2, ""), (link.ExitCode, link.Output, account.ExitCode, account.Output));
        Assert.Contains("$.consumers[0]", link.Error, StringComparison.Ordinal);
        Assert.Contains("describe-", account.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_well_and_frees_the_port()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var output = new Served.Listener("Alerts are shown here");
        await using var error = new StringWriter();
#pragma warning disable CA2025 // It is awaited before its writers go.

        var running = Served.Run(output, error, ctrlC.Token);
#pragma warning restore CA2025
        await output.Heard;
        var port = int.Parse(output.Text.Split("http://127.0.0.1:")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        using (var visitor = new TcpClient())
            await visitor.ConnectAsync(IPAddress.Loopback, port);
        await ctrlC.CancelAsync();

        Assert.Equal((0, ""), (await running, error.ToString()));
        Assert.Contains("in vpc-0a1b2c3d4e5f60718", output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("being provisioned", output.Text, StringComparison.Ordinal);
        using var again = new TcpListener(IPAddress.Loopback, port);
        again.Start();
    }
}
