using System.Net;
using System.Text.Json.Nodes;
using LocalAws.Templates;
using LocalAws.Wire;

namespace LocalAws.Lambda;

/// <summary>Describing one function (AWS Lambda API Reference).</summary>
internal sealed class ReadCalls(LambdaFunctions functions)
{
    public IEnumerable<Operation> Operations =>
    [
        Operation.Reads("GetFunction", GetFunction),
        Operation.Reads("GetFunctionConfiguration", call => Answer.Of(FunctionDescriptions.Of(Find(call), functions))),
        Operation.Reads("GetFunctionConcurrency", call => Answer.Of(Concurrency(Find(call)))),
        Operation.Reads("GetFunctionEventInvokeConfig", GetEventInvokeConfig),
    ];

    /// <summary>The function that a call names, once the caller may do this to it.</summary>
    public static FunctionSettings Find(LambdaFunctions functions, ApiCall call, string action)
    {
        var name = call.Message.Labels["FunctionName"];
        var function = functions.Find(name);
        var arn = function?.Arn ?? call.Cloud.Arn("lambda", $"function:{name.Split(':')[^1]}");
        call.DemandAction(action, arn);
        return function ?? throw LambdaFunctions.NotFound(arn);
    }

    private Answer GetFunction(ApiCall call)
    {
        var function = Find(call);
        var answer = new JsonObject
        {
            ["Configuration"] = FunctionDescriptions.Of(function, functions),
            ["Code"] = new JsonObject { ["RepositoryType"] = "S3" },
        };
        if (function.Tags.Any)
            answer["Tags"] = new JsonObject(function.Tags.Values.Select(tag => KeyValuePair.Create<string, JsonNode?>(tag.Key, tag.Value)));
        if (function.ReservedConcurrency is not null)
            answer["Concurrency"] = Concurrency(function);
        return Answer.Of(answer);
    }

    private Answer GetEventInvokeConfig(ApiCall call)
    {
        var function = Find(call);
        var settings = function.Async
            ?? throw new AwsErrorException("ResourceNotFoundException", $"The function {function.Arn}:$LATEST doesn't have an EventInvokeConfig", HttpStatusCode.NotFound);
        return Answer.Of(new JsonObject
        {
            ["LastModified"] = functions.DeployedAt(function).ToUnixTimeSeconds(),
            ["FunctionArn"] = function.Arn + ":$LATEST",
            ["MaximumRetryAttempts"] = settings.MaximumRetryAttempts,
            ["MaximumEventAgeInSeconds"] = (int)settings.MaximumEventAge.TotalSeconds,
            ["DestinationConfig"] = new JsonObject { ["OnSuccess"] = Destination(settings.OnSuccess), ["OnFailure"] = Destination(settings.OnFailure) },
        });
    }

    private static JsonObject Destination(string? arn) => arn is null ? [] : new() { ["Destination"] = arn };

    private static JsonObject Concurrency(FunctionSettings function) =>
        function.ReservedConcurrency is { } most ? new() { ["ReservedConcurrentExecutions"] = most } : [];

    private FunctionSettings Find(ApiCall call) => Find(functions, call, call.Action);
}
