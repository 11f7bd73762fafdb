using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Tests.Botocore;

/// <summary>Calls a cloud as the operator, with the form bodies that go over the wire, and keeps what it answers.</summary>
internal sealed class RecordedAnswers(Cloud cloud)
{
    private readonly List<(string Service, string Operation, WireResponse Answer)> kept = [];

    public IEnumerable<string> Operations => kept.Where(call => call.Answer.Status < 300).Select(call => $"{call.Service}:{call.Operation}").Distinct();

    /// <summary>Calls an operation; the answer is the first element with that name, or all text.</summary>
    public string Call(string service, string operation, string parameters = "", string? pick = null)
    {
        var answer = cloud.Time.Run(() => cloud.Gateway.HandleAsync(Request(service, $"Action={operation}&Version=x&{parameters}"), CancellationToken.None));
        kept.Add((service, operation, answer));
        var body = Encoding.UTF8.GetString(answer.Body.Span);
        return pick is null ? body : XElement.Parse(body).Descendants().First(element => element.Name.LocalName == pick).Value;
    }

    /// <summary>Calls an operation of a service that speaks JSON.</summary>
    public void CallJson(string service, string target, string body)
    {
        var request = Request(service, body);
        var named = request with { Headers = request.Headers.Add("X-Amz-Target", target) };
        kept.Add((service, target.Split('.')[^1], cloud.Time.Run(() => cloud.Gateway.HandleAsync(named, CancellationToken.None))));
    }

    public string ToJson() => new JsonArray([.. kept.Select(call => new JsonObject
    {
        ["service"] = call.Service,
        ["operation"] = call.Operation,
        ["status"] = call.Answer.Status,
        ["requestId"] = call.Answer.Headers.GetValueOrDefault("x-amzn-RequestId"),
        ["body"] = Encoding.UTF8.GetString(call.Answer.Body.Span),
    })]).ToJsonString();

    private WireRequest Request(string service, string body) => new(
        "POST",
        "/",
        "",
        ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
        [
            KeyValuePair.Create("Authorization", $"AWS4-HMAC-SHA256 Credential={Key.AccessKeyId}/20260101/{cloud.Options.Region}/{service}/aws4_request, SignedHeaders=host, Signature=0"),
        ]),
        Encoding.UTF8.GetBytes(body));

    private IssuedKey Key => cloud.Operator;
}
