using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.Lambda.Core;
using LambdaHost;
using LocalAws.Timing;
using Xunit;

namespace LocalAws.Tests.Lambda.Processes;

/// <summary>The log of LambdaHost through the interface of Amazon.Lambda.Core, as a function writes to it.</summary>
public sealed class FunctionLogTests : IDisposable
{
    private readonly StringWriter output = new();

    public void Dispose() => output.Dispose();

    [Fact]
    public void Text_says_when_for_which_request_and_how_bad()
    {
        var logger = Logger();

        logger.LogLine("plain");
        logger.LogWarning("{Count} of {All}", 2, 3);
        logger.LogError(new FormatException("broken"), "sad");
        logger.Log("Audit", "own level");

        Assert.Equal(
            ["2026-01-01T08:00:00.000Z\tone\tinfo\tplain", "2026-01-01T08:00:00.000Z\tone\twarn\t2 of 3", "2026-01-01T08:00:00.000Z\tone\tfail\tsad", "System.FormatException: broken", "2026-01-01T08:00:00.000Z\tone\tAudit\town level"],
            Lines());
    }

    [Fact]
    public void Json_has_a_field_for_each_argument_and_the_exception()
    {
        Logger(("AWS_LAMBDA_LOG_FORMAT", "JSON")).LogError(new FormatException("broken"), "{Count} is {What} {", 2, "bad");

        var line = JsonNode.Parse(Assert.Single(Lines()))!.AsObject();
        Assert.Equal(
            ["timestamp", "level", "requestId", "traceId", "message", "Count", "What", "errorType", "errorMessage", "stackTrace"],
            line.Select(field => field.Key));
        Assert.Equal("2 is bad {", line["message"]!.GetValue<string>());
        Assert.Equal("System.FormatException", line["errorType"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("TRACE", 6)]
    [InlineData("INFO", 4)]
    [InlineData("ERROR", 2)]
    [InlineData("FATAL", 1)]
    public void The_configured_level_is_the_lowest(string level, int kept)
    {
        var logger = Logger(("AWS_LAMBDA_LOG_LEVEL", level));

        foreach (var each in Enum.GetValues<LogLevel>())
            logger.Log(each, "said");

        Assert.Equal(kept, Lines().Length);
    }

    [Fact]
    public void What_is_written_to_the_console_becomes_lines()
    {
        using var console = new LogWriter(Log(), "Error");

        console.Write("half");
        console.WriteLine(" and half");
        console.WriteLine();

        Assert.Equal("2026-01-01T08:00:00.000Z\tone\tfail\thalf and half", Assert.Single(Lines()));
    }

    private string[] Lines() => output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private ILambdaLogger Logger(params (string Name, string Value)[] environment)
    {
        var log = Log(environment);
        return (ILambdaLogger)Imitation.Of(typeof(ILambdaLogger), (method, arguments) =>
        {
            log.Write(method, arguments);
            return null;
        });
    }

    private FunctionLog Log(params (string Name, string Value)[] environment)
    {
        var clock = new SimulatedTime(new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));
        var log = new FunctionLog(output, environment.ToImmutableDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal), clock);
        log.Begin(new("one", default, "", "Root=1", null, null, null, []));
        return log;
    }
}
