using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Doors;
using LocalAws.Faults;
using LocalAws.Lambda;
using LocalAws.States;
using LocalAws.States.Definitions;
using LocalAws.Templates;
using LocalAws.Wire;

namespace LocalAws.StepFunctions;

/// <summary>Carries out Tasks as the state machine's role, and words their failures as Step Functions does.</summary>
internal sealed class LambdaTasks(Cloud cloud, RoleSettings role)
{
    public Task<JsonNode?> RunAsync(TaskResource resource, JsonNode? input) => resource switch
    {
        TaskResource.Function function => CallAsync(function.Arn, input),
        _ => InvokeAsync((JsonObject)input!),
    };

    private async Task<JsonNode?> CallAsync(string functionArn, JsonNode? input)
    {
        var invocation = await RequestAsync(functionArn, (function, id) => cloud.Lambda.InvokeAsync(function, Json.Bytes(input), id)).ConfigureAwait(false);
        return Payload(invocation);
    }

    private async Task<JsonNode?> InvokeAsync(JsonObject parameters)
    {
        var name = Json.String(parameters["FunctionName"])
            ?? throw StatesErrors.Runtimes($"The value of FunctionName must be a string, but is {Json.Text(parameters["FunctionName"])}");
        var payload = parameters.TryGetPropertyValue("Payload", out var given) ? Json.Bytes(given) : ReadOnlyMemory<byte>.Empty;
        if (Json.String(parameters["InvocationType"]) is "Event")
        {
            return await RequestAsync(name, (function, id) =>
            {
                cloud.Lambda.Queue(function, payload);
                return Task.FromResult<JsonNode?>(Answer(202, id, 0, "", null));
            }).ConfigureAwait(false);
        }

        var invocation = await RequestAsync(name, (function, id) => cloud.Lambda.InvokeAsync(function, payload, id)).ConfigureAwait(false);
        return Answer(200, invocation.RequestId, invocation.Payload.Length, Payload(invocation), "$LATEST");
    }

    private static JsonNode? Payload(Invocation invocation)
    {
        if (invocation.FunctionError is not null)
            throw Failure(invocation);
        try
        {
            return invocation.Payload.IsEmpty ? null : Json.Read(invocation.Payload);
        }
        catch (JsonException)
        {
            throw StatesErrors.Runtimes("The function returned what is not JSON.");
        }
    }

    /// <summary>
    /// A function's error carries its own name; a runtime that died is <c>Lambda.Unknown</c>
    /// (docs.aws.amazon.com: "Handling errors in Step Functions workflows", "Handle transient Lambda service exceptions").
    /// </summary>
    private static StateFailedException Failure(Invocation invocation)
    {
        var cause = System.Text.Encoding.UTF8.GetString(invocation.Payload.Span);
        var error = Json.String((Json.Read(cause) as JsonObject)?["errorType"]);
        return error is null or "Runtime.ExitError"
            ? new("Lambda.Unknown", $"The cause could not be determined because Lambda did not return an error type. Returned payload: {cause}")
            : new(error, cause);
    }

    private async Task<T> RequestAsync<T>(string name, Func<FunctionSettings, string, Task<T>> carryOut)
    {
        var requestId = cloud.Chance.Uuid();
        try
        {
            var function = Allowed(name);
            var fault = NextFault(function, requestId);
            Strike(fault, function);
            var answer = await carryOut(function, requestId).ConfigureAwait(false);
            return fault is FaultKind.AnswerLost or FaultKind.NoAnswer or FaultKind.CallerDiesAfter ? throw new ConnectionLostException("lambda:Invoke") : answer;
        }
        catch (AccessDeniedException denied)
        {
            throw Failure("AWSLambdaException", cloud.Lambda.Api.Denied(denied), requestId);
        }
        catch (AwsErrorException error)
        {
            throw Failure(error.Code, error, requestId);
        }
        catch (ConnectionLostException lost)
        {
            throw new StateFailedException("Lambda.SdkClientException", $"Unable to execute HTTP request: {lost.Message}");
        }
    }

    private static StateFailedException Failure(string name, AwsErrorException error, string requestId) => new(
        $"Lambda.{name}",
        string.Create(CultureInfo.InvariantCulture, $"{error.Message} (Service: AWSLambda; Status Code: {(int)error.Status}; Error Code: {error.Code}; Request ID: {requestId}; Proxy: null)"));

    private FunctionSettings Allowed(string name)
    {
        var function = cloud.Lambda.Find(name);
        var arn = function?.Arn ?? (name.StartsWith("arn:", StringComparison.Ordinal) ? name : cloud.Arn("lambda", $"function:{name}"));
        cloud.Access.Demand(role.Caller, new("lambda:InvokeFunction", arn, role.Caller.Facts));
        return function ?? throw new AwsErrorException("ResourceNotFoundException", $"Function not found: {arn}", HttpStatusCode.NotFound);
    }

    private FaultKind? NextFault(FunctionSettings function, string requestId)
    {
        var request = new WireRequest("POST", $"/2015-03-31/functions/{function.FunctionName}/invocations", "", ImmutableDictionary<string, string>.Empty, ReadOnlyMemory<byte>.Empty);
        var message = new Message("Invoke", null, null, request, ImmutableDictionary<string, string>.Empty.Add("FunctionName", function.FunctionName));
        var api = cloud.Lambda.Api;
        return cloud.Faults.Next(new(cloud, api, api.Operations["Invoke"], role.Caller, requestId, message, CancellationToken.None));
    }

    private void Strike(FaultKind? fault, FunctionSettings function)
    {
        switch (fault)
        {
            case FaultKind.Throttle:
                throw cloud.Lambda.Api.Throttled();
            case FaultKind.ServerError:
                throw cloud.Lambda.Api.Failed();
            case FaultKind.Denied:
                throw AccessDeniedException.NotAllowed(role.Caller, new("lambda:InvokeFunction", function.Arn, ConditionKeys.None));
            case FaultKind.ConnectionLost or FaultKind.CallerDiesBefore:
                throw new ConnectionLostException("lambda:Invoke");
            default:
                return;
        }
    }

    private JsonObject Answer(int status, string requestId, int length, JsonNode? payload, string? version)
    {
        var headers = new JsonObject
        {
            ["Content-Length"] = length.ToString(CultureInfo.InvariantCulture),
            ["Content-Type"] = "application/json",
            ["Date"] = cloud.Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture),
            ["x-amzn-RequestId"] = requestId,
        };
        var answer = new JsonObject { ["Payload"] = Json.Copy(payload) };
        if (version is not null)
        {
            answer["ExecutedVersion"] = version;
            headers["X-Amz-Executed-Version"] = version;
        }

        answer["SdkHttpMetadata"] = new JsonObject
        {
            ["AllHttpHeaders"] = new JsonObject(headers.Select(header => KeyValuePair.Create<string, JsonNode?>(header.Key, new JsonArray(header.Value!.DeepClone())))),
            ["HttpHeaders"] = headers,
            ["HttpStatusCode"] = status,
        };
        answer["SdkResponseMetadata"] = new JsonObject { ["RequestId"] = requestId };
        answer["StatusCode"] = status;
        return answer;
    }
}
