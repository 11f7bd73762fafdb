using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Templates;
using LocalAws.Wire;

namespace LocalAws.Lambda;

/// <summary>The Lambda service on the wire.</summary>
public sealed class LambdaApi(LambdaFunctions functions) : ServiceApi
{
    private const int LoggedBytes = 4096;
    private const int MostPerPage = 50;

    /// <inheritdoc/>
    public override string SigningName => "lambda";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new RestJsonProtocol(
        new RestRoute("POST", "/2015-03-31/functions/{FunctionName}/invocations", "Invoke"),
        new RestRoute("GET", "/2015-03-31/functions", "ListFunctions"),
        new RestRoute("GET", "/2015-03-31/functions/{FunctionName}", "GetFunction"),
        new RestRoute("GET", "/2015-03-31/functions/{FunctionName}/configuration", "GetFunctionConfiguration"),
        new RestRoute("GET", "/2019-09-30/functions/{FunctionName}/concurrency", "GetFunctionConcurrency"),
        new RestRoute("GET", "/2019-09-25/functions/{FunctionName}/event-invoke-config", "GetFunctionEventInvokeConfig"));

    /// <inheritdoc/>
    public override AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("AccessDeniedException", denied.Message, HttpStatusCode.Forbidden);
    }

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("TooManyRequestsException", "Rate Exceeded.", HttpStatusCode.TooManyRequests);

    /// <inheritdoc/>
    public override AwsErrorException Failed() => new("ServiceException", "An error occurred and the request cannot be processed.", HttpStatusCode.InternalServerError);

    /// <inheritdoc/>
    public override AwsErrorException Unknown(string operation) =>
        new("UnknownOperationException", $"There is no operation at {operation}. Known here: {string.Join(", ", Operations.Keys.Order(StringComparer.Ordinal))}.", HttpStatusCode.NotFound);

    /// <inheritdoc/>
    public override AwsErrorException UnknownKey() => new("UnrecognizedClientException", "The security token included in the request is invalid.", HttpStatusCode.Forbidden);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        new("Invoke", true, InvokeAsync),
        Operation.Reads("ListFunctions", ListFunctions),
        .. new ReadCalls(functions).Operations,
    ];

    private Answer ListFunctions(ApiCall call)
    {
        call.Demand("*");
        var query = Form.Read(call.Message.Http.Query);
        var most = Math.Clamp(query.Number("MaxItems") ?? MostPerPage, 1, MostPerPage);
        var all = functions.All.SkipWhile(function => string.CompareOrdinal(function.FunctionName, query.Text("Marker") ?? "") < 0).ToImmutableArray();
        var answer = new JsonObject { ["Functions"] = new JsonArray([.. all.Take(most).Select(function => FunctionDescriptions.Of(function, functions))]) };
        if (all.Length > most)
            answer["NextMarker"] = all[most].FunctionName;
        return Wire.Answer.Of(answer);
    }

    private async Task<Answer> InvokeAsync(ApiCall call)
    {
        var function = ReadCalls.Find(functions, call, "lambda:InvokeFunction");
        switch (call.Message.Http.Header("X-Amz-Invocation-Type") ?? "RequestResponse")
        {
            case "DryRun":
                return new Answer.Raw(204, ReadOnlyMemory<byte>.Empty, ImmutableDictionary<string, string>.Empty);
            case "Event":
                functions.Queue(function, call.Message.Http.Body, call.RequestId);
                return new Answer.Raw(202, ReadOnlyMemory<byte>.Empty, ImmutableDictionary<string, string>.Empty);
            case "RequestResponse":
                return Answer(call, function, await functions.InvokeAsync(function, call.Message.Http.Body, call.RequestId).ConfigureAwait(false));
            case var other:
                throw new AwsErrorException("InvalidParameterValueException", $"1 validation error detected: Value '{other}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]");
        }
    }

    private Answer.Raw Answer(ApiCall call, FunctionSettings function, Invocation invocation)
    {
        var headers = ImmutableDictionary<string, string>.Empty.Add("X-Amz-Executed-Version", "$LATEST");
        if (invocation.FunctionError is { } error)
            headers = headers.Add("X-Amz-Function-Error", error);
        if (call.Message.Http.Header("X-Amz-Log-Type") is "Tail")
            headers = headers.Add("X-Amz-Log-Result", Tail(function, invocation.RequestId));
        return new(200, invocation.Payload, headers);
    }

    private string Tail(FunctionSettings function, string requestId)
    {
        var lines = functions.Logs(function.FunctionName).Where(line => line.RequestId == requestId).Select(line => $"{line.At:O}\t{line.RequestId}\t{line.Level}\t{line.Message}\n");
        var text = Encoding.UTF8.GetBytes($"START RequestId: {requestId} Version: $LATEST\n{string.Concat(lines)}END RequestId: {requestId}\n");
        return Convert.ToBase64String(text.AsSpan(Math.Max(0, text.Length - LoggedBytes)));
    }
}
