using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using LambdaHost;
using LocalAws.Doors;
using LocalAws.Tests.Doors;
using Xunit;

namespace LocalAws.Tests.Lambda.Processes;

/// <summary>LambdaHost, as a function's process meets it.</summary>
public sealed class HostedFunctionTests : IDisposable
{
    private readonly ProcessWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public void A_function_is_constructed_once_and_finds_what_the_service_says_in_its_context_its_environment_and_its_log()
    {
        var function = world.Method(nameof(Samples.Look));
        var before = world.Cloud.Time.GetUtcNow();

        var first = world.Answer(function, """{"Name":"first"}""", "one");
        var second = world.Answer(function, """{"Name":"second"}""", "two");

        Assert.Equal(("first", 1, 1, "one"), (Text(first, "Name"), Number(first, "Made"), Number(first, "Served"), Text(first, "RequestId")));
        Assert.Equal(("second", 1, 2, "two"), (Text(second, "Name"), Number(second, "Made"), Number(second, "Served"), Text(second, "RequestId")));
        Assert.Equal(("sample", function.Arn, 512, "/aws/lambda/sample"), (Text(first, "FunctionName"), Text(first, "Arn"), Number(first, "Memory"), Text(first, "LogGroup")));
        Assert.InRange(first["Remaining"]!.GetValue<double>(), 1, 30);
        Assert.StartsWith("Root=1-", Text(first, "Trace"), StringComparison.Ordinal);
        Assert.Equal(Text(second, "Trace"), Text(second, "TraceVariable"));
        Assert.Equal("value", Text(first, "Own"));
        Assert.Null(first["User"]);
        Assert.True(first["Anonymous"]!.GetValue<bool>());
        Assert.True(world.Cloud.Time.GetUtcNow() - before < TimeSpan.FromSeconds(1), "Computing takes no simulated time.");

        var lines = world.Logs(function).Select(line => JsonNode.Parse(line.Message)!).ToList();
        Assert.Equal(
            ["said without a context", "said to the console", "2 of 3", "said without a context", "said to the console", "2 of 3"],
            lines.Select(line => Text(line, "message")));
        Assert.Equal(["one", "two"], lines.Select(line => Text(line, "requestId")).Distinct());
        Assert.Equal(("2", "3"), (Text(lines[2], "Count"), Text(lines[2], "All")));
        Assert.All(lines, line => Assert.Equal("Information", Text(line, "level")));
    }

    [Fact]
    public void Bytes_go_in_and_come_out() =>
        Assert.Equal("[1, 2]", Encoding.UTF8.GetString(world.Invoke(world.Method(nameof(Samples.Copy)), "[1, 2]").Payload.Span));

    [Fact]
    public async Task An_official_client_reaches_the_door_with_the_credentials_of_the_functions_role()
    {
        await using var door = await LoopbackDoor.OpenAsync(world.Cloud, 0, OpenDoor.RealClock, _ => { }, CancellationToken.None);
        world.Move(door.Endpoint);
        var function = world.Method(nameof(Samples.Who));
        var before = world.Cloud.Time.GetUtcNow();

        var arn = world.Answer(function);

        Assert.Equal("arn:aws:sts::111122223333:assumed-role/sample/session", arn.GetValue<string>());
        Assert.Equal("sampleId", Assert.Single(world.Cloud.Calls.Since(0)).Caller);
        Assert.True(world.Cloud.Time.GetUtcNow() - before > TimeSpan.FromMilliseconds(265), "A call takes simulated time beside the start.");
    }

    [Fact]
    public void An_exception_is_told_in_the_form_of_the_managed_runtime()
    {
        var function = world.Method(nameof(Samples.Fail));

        var (nested, wrapped, several) = (Failure(""), Failure("one of several"), Failure("several"));

        Assert.Equal(("InvalidOperationException", "outer"), (Text(nested, "errorType"), Text(nested, "errorMessage")));
        Assert.Contains(nested["stackTrace"]!.AsArray(), line => line!.GetValue<string>().StartsWith($"at {typeof(Samples).FullName}.", StringComparison.Ordinal));
        Assert.Equal("FormatException", Text(nested["cause"]!, "errorType"));
        Assert.Equal(("FormatException", "inner"), (Text(wrapped, "errorType"), Text(wrapped, "errorMessage")));
        Assert.Equal("AggregateException", Text(several, "errorType"));
        Assert.Equal(["FormatException", "TimeoutException"], several["causes"]!.AsArray().Select(cause => Text(cause!, "errorType")));

        JsonNode Failure(string name) => world.Error(function, $$"""{"Name":"{{name}}"}""");
    }

    [Fact]
    public void A_process_that_ends_in_an_invocation_is_replaced_for_the_next()
    {
        var function = world.Method(nameof(Samples.Exit));

        var (silent, loud) = (world.Error(function), world.Error(function, "[1, 2]"));

        Assert.Equal(("Runtime.ExitError", "RequestId: id Error: Runtime exited without providing a reason"), (Text(silent, "errorType"), Text(silent, "errorMessage")));
        Assert.Equal("RequestId: id Error: Runtime exited with error: exit status 3", Text(loud, "errorMessage"));
    }

    [Theory]
    [InlineData("LocalAws.Tests::LocalAws.Tests.Lambda.Processes.Samples", "LambdaValidationException", "Assembly::Namespace.Type::Method")]
    [InlineData("Elsewhere::A.B::C", "Runtime.ExitError", "exit status")]
    [InlineData("LocalAws.Tests::A.B::C", "LambdaValidationException", "no type 'A.B'")]
    [InlineData("LocalAws.Tests::LocalAws.Tests.Lambda.Processes.Unmade::Handle", "NotSupportedException", "no settings")]
    public void A_function_that_cannot_be_loaded_says_why(string handler, string type, string message)
    {
        var error = world.Error(world.Add(handler));

        Assert.Equal(type, Text(error, "errorType"));
        Assert.Contains(message, Text(error, "errorMessage"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Same", "2 methods")]
    [InlineData("Generic", "generic")]
    [InlineData("Unserialized", "LambdaSerializer")]
    [InlineData("Many", "3 parameters")]
    [InlineData("Second", "ILambdaContext")]
    [InlineData("Forgets", "async void")]
    [InlineData("Nothing", "no method")]
    public void What_cannot_be_a_handler_is_refused(string method, string reason)
    {
        var log = new FunctionLog(TextWriter.Null, ImmutableDictionary<string, string>.Empty, world.Cloud.Time);

        var refused = Assert.Throws<LambdaValidationException>(() => FunctionLoader.Load(new("LocalAws.Tests", typeof(Shapes).FullName!, method), log));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();
}
