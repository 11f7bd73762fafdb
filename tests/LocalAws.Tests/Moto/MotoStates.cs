using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.Tests.Moto;

/// <summary>
/// Moto's interpreter of the Amazon States Language, a fork of LocalStack's. An execution that begins while something of an
/// earlier one is left mixes the two up, so each has the server to itself.
/// </summary>
internal sealed class MotoStates(MotoServer server)
{
    private const string Role = "arn:aws:iam::123456789012:role/machine";
    private const int MostPolls = 2_000;

    /// <summary>Runs a definition in which nothing waits and nothing is called.</summary>
    public Outcome Run(string definition, string input)
    {
        var ended = Execute(definition, input);
        return Text(ended, "status") is "SUCCEEDED"
            ? Outcome.Succeeded(WithQuotes(Text(ended, "output") ?? "null"))
            : new(Text(ended, "status")!, Text(ended, "error") ?? "");
    }

    /// <summary>An output that is a text comes without its quotes.</summary>
    private static string WithQuotes(string output)
    {
        try
        {
            return JsonNode.Parse(output)?.ToJsonString() ?? "null";
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(output);
        }
    }

    private JsonObject Execute(string definition, string input)
    {
        server.Reset();
        var (status, machine) = Send("CreateStateMachine", new() { ["name"] = "machine", ["definition"] = definition, ["roleArn"] = Role });
        if (status is not HttpStatusCode.OK)
            return new() { ["status"] = "REFUSED" };
        var started = Call("StartExecution", new() { ["stateMachineArn"] = Text(machine, "stateMachineArn"), ["name"] = "run", ["input"] = input });
        for (var polls = 0; polls < MostPolls; polls++)
        {
            server.LetWork();
            var execution = Call("DescribeExecution", new() { ["executionArn"] = Text(started, "executionArn") });
            if (Text(execution, "status") is not "RUNNING")
                return execution;
        }

        throw new InvalidOperationException("The execution does not end on moto.");
    }

    private JsonObject Call(string operation, JsonObject request)
    {
        var (status, body) = Send(operation, request);
        return status is HttpStatusCode.OK ? body : throw new InvalidOperationException($"{operation} answered {status}: {body.ToJsonString()}");
    }

    private (HttpStatusCode Status, JsonObject Body) Send(string operation, JsonObject request) => server.Call("states", $"AWSStepFunctions.{operation}", request);

    private static string? Text(JsonObject from, string name) => from[name]?.GetValue<string>();
}
