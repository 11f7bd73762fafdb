using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.Wire;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>Calls a cloud as the operator, with the form bodies that go over the wire, and keeps what it answers.</summary>
internal sealed class RecordedAnswers(Cloud cloud)
{
    private readonly List<(string Service, string Operation, WireResponse Answer)> kept = [];

    /// <summary>Calls an operation of a REST service.</summary>
    public void CallRest(string service, string operation, string method, string path) =>
        kept.Add((service, operation, new RawCaller(cloud).Rest(service, method, path).Response));

    /// <summary>Every operation of these services was called with success, and botocore has no complaint about any answer.</summary>
    public void AreUnderstood(params IEnumerable<ServiceApi> services)
    {
        var all = services.SelectMany(api => api.Operations.Keys.Select(operation => $"{api.SigningName}:{operation}"));
        Assert.Equal([], all.Except(Operations, StringComparer.Ordinal));
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(file, ToJson());
        var (exitCode, output) = Python.Run(Path.Combine(ExampleAccount.Directory, "../../tests/LocalAws.Tests/Botocore/check_answers.py"), file);
        File.Delete(file);

        Assert.True(exitCode == 0, output);
    }

    private IEnumerable<string> Operations => kept.Where(call => call.Answer.Status < 300).Select(call => $"{call.Service}:{call.Operation}").Distinct();

    /// <summary>Calls an operation; the answer is the first element with that name, or all text.</summary>
    public string Call(string service, string operation, string parameters = "", string? pick = null)
    {
        var answer = cloud.Time.Run(() => cloud.Gateway.HandleAsync(Request(service, $"Action={operation}&Version=x&{parameters}"), CancellationToken.None));
        kept.Add((service, operation, answer));
        var body = Encoding.UTF8.GetString(answer.Body.Span);
        return pick is null ? body : XElement.Parse(body).Descendants().First(element => element.Name.LocalName == pick).Value;
    }

    /// <summary>Calls an operation of a JSON service.</summary>
    public JsonNode CallJson(string service, string targetPrefix, string operation, JsonObject body)
    {
        var answer = new RawCaller(cloud).Send(service, $"{targetPrefix}.{operation}", body);
        kept.Add((service, operation, answer.Response));
        return answer.Body;
    }

    private string ToJson() => new JsonArray([.. kept.Select(call => new JsonObject
    {
        ["service"] = call.Service,
        ["operation"] = call.Operation,
        ["status"] = call.Answer.Status,
        ["headers"] = new JsonObject(call.Answer.Headers.Add("content-type", call.Answer.ContentType)
            .Select(header => KeyValuePair.Create<string, JsonNode?>(header.Key.ToLowerInvariant(), header.Value))),
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
