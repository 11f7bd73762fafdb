using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Signing;

namespace LocalAws.Wire;

/// <summary>
/// JSON for a service that still reads query: its operations see a form in both (Smithy 2.0, "aws.protocols#awsQueryCompatible trait").
/// </summary>
/// <param name="targetPrefix">Such as <c>GraniteServiceVersion20100801</c>.</param>
/// <param name="version"><c>1.0</c> or <c>1.1</c>.</param>
/// <param name="instants">The parameters that are instants, and come as seconds since 1970.</param>
public sealed class QueryCompatibleJsonProtocol(string targetPrefix, string version, params ImmutableArray<string> instants) : WireProtocol
{
    private readonly JsonProtocol json = new(targetPrefix, version, static code => code);

    /// <inheritdoc/>
    public override Message Read(WireRequest request)
    {
        var message = json.Read(request);
        return message with { Form = Form.Of(message.Body!, instants), Body = null };
    }

    /// <inheritdoc/>
    public override bool IsSpokenIn(WireRequest request) => json.IsSpokenIn(request);

    /// <inheritdoc/>
    public override AwsErrorException Word(SignatureRefusal refusal) => json.Word(refusal);

    /// <inheritdoc/>
    public override WireResponse Write(string operation, Answer answer, string requestId) =>
        json.Write(operation, Answer.Of((JsonObject)TypedJson.Plain(((Answer.Json)answer).Body)), requestId);

    /// <inheritdoc/>
    public override WireResponse Write(AwsErrorException error, string requestId) => json.Write(error, requestId);
}
