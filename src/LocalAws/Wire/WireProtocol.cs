using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Signing;

namespace LocalAws.Wire;

/// <summary>How a service's requests are read and its answers written.</summary>
public abstract class WireProtocol
{
    /// <summary>Finds the operation's name and its parameters.</summary>
    /// <exception cref="AwsErrorException">The request is not of this protocol's form.</exception>
    public abstract Message Read(WireRequest request);

    /// <summary>Writes an answer.</summary>
    public abstract WireResponse Write(string operation, Answer answer, string requestId);

    /// <summary>Writes a refusal.</summary>
    public abstract WireResponse Write(AwsErrorException error, string requestId);

    /// <summary>Whether a request that names no service is unmistakably of this protocol's service.</summary>
    public abstract bool IsSpokenIn(WireRequest request);

    /// <summary>Words a signature that does not let a request in (API References: "Common Error Types").</summary>
    public virtual AwsErrorException Word(SignatureRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Problem switch
        {
            SignatureProblem.Missing => new("MissingAuthenticationToken", refusal.Message, HttpStatusCode.Forbidden),
            SignatureProblem.Incomplete => new("IncompleteSignature", refusal.Message),
            _ => new("SignatureDoesNotMatch", refusal.Message, HttpStatusCode.Forbidden),
        };
    }

    /// <summary>A body with this type and the headers that all answers carry.</summary>
    protected static WireResponse Respond(int status, string contentType, string body, string requestId) =>
        new(status, contentType, Encoding.UTF8.GetBytes(body), ImmutableDictionary<string, string>.Empty.Add("x-amzn-RequestId", requestId));

    /// <summary>Reads the parameters that stand in a form body.</summary>
    protected static Message ReadForm(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var form = FormOf(request);
        return new(form.Text("Action") ?? throw new AwsErrorException("MissingAction", "The request must contain the parameter Action"), form, null, request, ImmutableDictionary<string, string>.Empty);
    }

    /// <summary>Whether a form says that it is for this version of an API, which is also the end of its namespace.</summary>
    protected static bool IsFormOf(WireRequest request, string version)
    {
        ArgumentNullException.ThrowIfNull(request);
        var isForm = request.Method == "GET" || request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true;
        return isForm && FormOf(request).Text("Version") is { } asked && version.TrimEnd('/').EndsWith($"/{asked}", StringComparison.Ordinal);
    }

    /// <summary>Words a refusal as the JSON services do, with the status that they use for it.</summary>
    protected static AwsErrorException WordAsJson(SignatureRefusal refusal, HttpStatusCode status)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Problem switch
        {
            SignatureProblem.Missing => new("MissingAuthenticationTokenException", "Missing Authentication Token", status),
            SignatureProblem.Incomplete => new("IncompleteSignatureException", refusal.Message, status),
            _ => new("InvalidSignatureException", refusal.Message, status),
        };
    }

    private static Form FormOf(WireRequest request) => Form.Read(request.Method == "GET" ? request.Query : Encoding.UTF8.GetString(request.Body.Span));

    /// <summary>Puts an element and all below it into a namespace.</summary>
    protected static XElement InNamespace(XNamespace ns, XElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return new(ns + element.Name.LocalName, element.Attributes(), element.Nodes().Select(node => node is XElement child ? InNamespace(ns, child) : node));
    }

    /// <summary>The text of an XML document.</summary>
    protected static string Text(XElement root) => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting);
}

/// <summary>The AWS query protocol: <c>OpResponse/OpResult/…</c>.</summary>
public sealed class QueryProtocol(string xmlNamespace) : WireProtocol
{
    private readonly XNamespace ns = xmlNamespace;

    /// <inheritdoc/>
    public override Message Read(WireRequest request) => ReadForm(request);

    /// <inheritdoc/>
    public override bool IsSpokenIn(WireRequest request) => IsFormOf(request, xmlNamespace);

    /// <inheritdoc/>
    public override WireResponse Write(string operation, Answer answer, string requestId)
    {
        var members = answer is Answer.Json { Body: var body } ? TypedJson.Elements(body) : ((Answer.Xml)answer).Members;
        return Respond(200, "text/xml", Text(new(
            ns + (operation + "Response"),
            new XElement(ns + (operation + "Result"), members.Select(member => InNamespace(ns, member))),
            new XElement(ns + "ResponseMetadata", new XElement(ns + "RequestId", requestId)))), requestId);
    }

    /// <inheritdoc/>
    public override WireResponse Write(AwsErrorException error, string requestId)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Respond((int)error.Status, "text/xml", Text(new(
            ns + "ErrorResponse",
            new XElement(
                ns + "Error",
                new XElement(ns + "Type", (int)error.Status >= 500 ? "Receiver" : "Sender"),
                new XElement(ns + "Code", error.Code),
                new XElement(ns + "Message", error.Message)),
            new XElement(ns + "RequestId", requestId))), requestId);
    }
}

/// <summary>EC2's variant of the query protocol: members stand at the root.</summary>
public sealed class Ec2Protocol(string xmlNamespace) : WireProtocol
{
    private readonly XNamespace ns = xmlNamespace;

    /// <inheritdoc/>
    public override Message Read(WireRequest request) => ReadForm(request);

    /// <inheritdoc/>
    public override bool IsSpokenIn(WireRequest request) => IsFormOf(request, xmlNamespace);

    /// <inheritdoc/>
    public override AwsErrorException Word(SignatureRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Problem is SignatureProblem.Expired ? new("RequestExpired", $"Request has expired. {refusal.Message}") : base.Word(refusal);
    }

    /// <inheritdoc/>
    public override WireResponse Write(string operation, Answer answer, string requestId)
    {
        var members = ((Answer.Xml)answer).Members;
        return Respond(200, "text/xml;charset=UTF-8", Text(new(
            ns + (operation + "Response"),
            new XElement(ns + "requestId", requestId),
            members.Select(member => InNamespace(ns, member)))), requestId);
    }

    /// <inheritdoc/>
    public override WireResponse Write(AwsErrorException error, string requestId)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Respond((int)error.Status, "text/xml;charset=UTF-8", Text(new(
            "Response",
            new XElement("Errors", new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))),
            new XElement("RequestID", requestId))), requestId);
    }
}

/// <summary>The JSON protocols 1.0 and 1.1: the operation stands in <c>X-Amz-Target</c>.</summary>
/// <param name="targetPrefix">Such as <c>AWSStepFunctions</c>.</param>
/// <param name="version"><c>1.0</c> or <c>1.1</c>.</param>
/// <param name="queryCode">
/// For a service that once spoke query: the code that an error had there, which is sent along for callers that know it still
/// (Smithy 2.0, "aws.protocols#awsQueryCompatible trait").
/// </param>
public sealed class JsonProtocol(string targetPrefix, string version, Func<string, string>? queryCode = null) : WireProtocol
{
    private readonly string contentType = $"application/x-amz-json-{version}";

    /// <inheritdoc/>
    public override Message Read(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var target = request.Header("X-Amz-Target") ?? throw new AwsErrorException("UnknownOperationException", "The X-Amz-Target header is missing.");
        var operation = target.StartsWith(targetPrefix + ".", StringComparison.Ordinal) ? target[(targetPrefix.Length + 1)..] : target;
        return new(operation, null, ReadBody(request.Body), request, ImmutableDictionary<string, string>.Empty);
    }

    /// <inheritdoc/>
    public override bool IsSpokenIn(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Header("X-Amz-Target")?.StartsWith(targetPrefix + ".", StringComparison.Ordinal) is true;
    }

    /// <inheritdoc/>
    public override AwsErrorException Word(SignatureRefusal refusal) => WordAsJson(refusal, HttpStatusCode.BadRequest);

    /// <inheritdoc/>
    public override WireResponse Write(string operation, Answer answer, string requestId) =>
        Respond(200, contentType, ((Answer.Json)answer).Body.ToJsonString(), requestId);

    /// <inheritdoc/>
    public override WireResponse Write(AwsErrorException error, string requestId)
    {
        ArgumentNullException.ThrowIfNull(error);
        var response = Respond((int)error.Status, contentType, new JsonObject { ["__type"] = error.Code, ["message"] = error.Message }.ToJsonString(), requestId);
        return queryCode is null
            ? response
            : response with { Headers = response.Headers.Add("x-amzn-query-error", $"{queryCode(error.Code)};{((int)error.Status >= 500 ? "Receiver" : "Sender")}") };
    }

    private static JsonObject ReadBody(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? [] : JsonNode.Parse(body.Span) as JsonObject ?? throw new JsonException("Not an object.");
        }
        catch (JsonException e)
        {
            throw new AwsErrorException("SerializationException", e.Message);
        }
    }
}
