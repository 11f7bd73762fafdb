using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Wire;

/// <summary>What came over the wire.</summary>
internal sealed record RawAnswer(WireResponse Response)
{
    public int Status => Response.Status;

    public string Text => Encoding.UTF8.GetString(Response.Body.Span);

    public JsonNode Body => JsonNode.Parse(Text)!;

    public string Error => Body["__type"]!.GetValue<string>();
}

/// <summary>Calls a cloud with the bytes of its protocols, for services whose SDK client is not at hand.</summary>
internal sealed class RawCaller(Cloud cloud)
{
    /// <summary>Calls as the operator, and wants success.</summary>
    public JsonNode Call(string service, string target, JsonObject body)
    {
        var answer = Send(service, target, body);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Body;
    }

    public RawAnswer Send(string service, string target, JsonObject body, IssuedKey? key = null) =>
        cloud.Time.Run(() => SendAsync(service, target, body, key));

    public async Task<RawAnswer> SendAsync(string service, string target, JsonObject body, IssuedKey? key = null) =>
        new(await cloud.Gateway.HandleAsync(Request(service, target, body, key), CancellationToken.None).ConfigureAwait(false));

    /// <summary>Calls a REST service as the operator, without a body.</summary>
    public RawAnswer Rest(string service, string method, string path)
    {
        var request = Request(service, "", [], null) with { Method = method, Path = path, Body = default };
        return new(cloud.Time.Run(() => cloud.Gateway.HandleAsync(request, CancellationToken.None)));
    }

    /// <summary>Calls a query service as the operator; the answer is the XML document.</summary>
    public XElement Query(string service, string operation, string parameters)
    {
        var request = Request(service, "", [], null) with { Body = Encoding.UTF8.GetBytes($"Action={operation}&Version=x&{parameters}") };
        return XElement.Parse(new RawAnswer(cloud.Time.Run(() => cloud.Gateway.HandleAsync(request, CancellationToken.None))).Text);
    }

    private WireRequest Request(string service, string target, JsonObject body, IssuedKey? key)
    {
        var signer = key ?? cloud.Operator;
        var headers = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
        [
            KeyValuePair.Create("Authorization", $"AWS4-HMAC-SHA256 Credential={signer.AccessKeyId}/20260101/{cloud.Options.Region}/{service}/aws4_request, SignedHeaders=host, Signature=0"),
            KeyValuePair.Create("X-Amz-Target", target),
        ]);
        if (signer.SessionToken is { } token)
            headers = headers.Add("X-Amz-Security-Token", token);
        return new("POST", "/", "", headers, Encoding.UTF8.GetBytes(body.ToJsonString()));
    }
}
