using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

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

    /// <summary>A body with this type and the headers that all answers carry.</summary>
    protected static WireResponse Respond(int status, string contentType, string body, string requestId) =>
        new(status, contentType, Encoding.UTF8.GetBytes(body), ImmutableDictionary<string, string>.Empty.Add("x-amzn-RequestId", requestId));

    /// <summary>Reads the parameters that stand in a form body.</summary>
    protected static Message ReadForm(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var form = Form.Read(Encoding.UTF8.GetString(request.Body.Span));
        return new(form.Text("Action") ?? throw new AwsErrorException("MissingAction", "The request must contain the parameter Action"), form, null, request, ImmutableDictionary<string, string>.Empty);
    }

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
    public override WireResponse Write(string operation, Answer answer, string requestId)
    {
        var members = ((Answer.Xml)answer).Members;
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
public sealed class JsonProtocol(string targetPrefix, string version) : WireProtocol
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
    public override WireResponse Write(string operation, Answer answer, string requestId) =>
        Respond(200, contentType, ((Answer.Json)answer).Body.ToJsonString(), requestId);

    /// <inheritdoc/>
    public override WireResponse Write(AwsErrorException error, string requestId)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Respond((int)error.Status, contentType, new JsonObject { ["__type"] = error.Code, ["message"] = error.Message }.ToJsonString(), requestId);
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
