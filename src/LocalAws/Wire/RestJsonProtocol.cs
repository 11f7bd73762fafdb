using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using LocalAws.Signing;

namespace LocalAws.Wire;

/// <summary>Where an operation of a REST service is found.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, with labels such as <c>{FunctionName}</c>.</param>
/// <param name="Operation">The operation.</param>
public sealed record RestRoute(string Method, string Path, string Operation);

/// <summary>The REST-JSON protocol: method and path name the operation, headers and path carry parameters, the body may be raw.</summary>
public sealed class RestJsonProtocol(params ImmutableArray<RestRoute> routes) : WireProtocol
{
    private const string ContentType = "application/json";

    /// <inheritdoc/>
    public override Message Read(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        foreach (var route in routes.Where(route => route.Method == request.Method))
        {
            if (Match(route.Path, request.Path) is { } labels)
                return new(route.Operation, null, null, request, labels);
        }

        return new($"{request.Method} {request.Path}", null, null, request, ImmutableDictionary<string, string>.Empty);
    }

    /// <inheritdoc/>
    public override bool IsSpokenIn(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return routes.Any(route => Version(route.Path) == Version(request.Path));
    }

    /// <inheritdoc/>
    public override AwsErrorException Word(SignatureRefusal refusal) => WordAsJson(refusal, HttpStatusCode.Forbidden);

    /// <inheritdoc/>
    public override WireResponse Write(string operation, Answer answer, string requestId)
    {
        if (answer is not Answer.Raw raw)
            return Respond(200, ContentType, ((Answer.Json)answer).Body.ToJsonString(), requestId);
        return new(raw.Status, ContentType, raw.Body, raw.Headers.SetItem("x-amzn-RequestId", requestId));
    }

    /// <inheritdoc/>
    public override WireResponse Write(AwsErrorException error, string requestId)
    {
        ArgumentNullException.ThrowIfNull(error);
        var body = new JsonObject { ["Type"] = (int)error.Status >= 500 ? "Service" : "User", ["Message"] = error.Message };
        if (error.Reason is { } reason)
            body["Reason"] = reason;
        var response = Respond((int)error.Status, ContentType, body.ToJsonString(), requestId);
        return response with { Headers = response.Headers.SetItem("x-amzn-ErrorType", error.Code) };
    }

    private static string Version(string path) => path.TrimStart('/').Split('/')[0];

    private static ImmutableDictionary<string, string>? Match(string template, string path)
    {
        var (expected, given) = (template.Trim('/').Split('/'), path.Trim('/').Split('/'));
        if (expected.Length != given.Length)
            return null;
        var labels = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (wanted, found) in expected.Zip(given))
        {
            if (wanted.StartsWith('{'))
                labels[wanted.Trim('{', '}')] = Uri.UnescapeDataString(found);
            else if (wanted != found)
                return null;
        }

        return labels.ToImmutable();
    }
}
