using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Trails;

/// <summary>
/// One API call as CloudTrail writes it (AWS CloudTrail User Guide, "CloudTrail record contents", "CloudTrail userIdentity element").
/// The parameters of EC2's newer operations stand as they were sent, below the request's name; those of <c>CreateTags</c> and
/// <c>DeleteTags</c> in the older form.
/// </summary>
internal static class TrailRecord
{
    private const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private static readonly ImmutableArray<string> NotParameters = ["Action", "Version", "DryRun"];

    public static JsonObject Of(ApiCall call, IssuedKey key, Answer? answer, AwsErrorException? error, DateTimeOffset at, string id)
    {
        var options = call.Cloud.Options;
        var record = new JsonObject
        {
            ["eventVersion"] = "1.11",
            ["userIdentity"] = Identity(call.Caller, key, at),
            ["eventTime"] = Text(at),
            ["eventSource"] = "ec2.amazonaws.com",
            ["eventName"] = call.Operation.Name,
            ["awsRegion"] = options.Region,
            ["sourceIPAddress"] = "127.0.0.1",
            ["userAgent"] = call.Message.Http.Header("User-Agent"),
        };
        if (error is not null)
        {
            record["errorCode"] = (error.Status >= HttpStatusCode.InternalServerError && error.Code is not "RequestLimitExceeded" ? "Server." : "Client.") + error.Code;
            record["errorMessage"] = error.Message;
        }

        record["requestParameters"] = Parameters(call);
        record["responseElements"] = answer is Answer.Xml xml ? Elements(call, xml) : null;
        record["requestID"] = call.RequestId;
        record["eventID"] = id;
        record["readOnly"] = false;
        record["eventType"] = "AwsApiCall";
        record["managementEvent"] = true;
        record["recipientAccountId"] = options.AccountId;
        record["eventCategory"] = "Management";
        return record;
    }

    private static JsonObject Identity(Caller caller, IssuedKey key, DateTimeOffset at)
    {
        var parts = caller.Arn.Split(':', 6);
        if (parts[^1].Split('/') is not ["assumed-role", var role, var session])
        {
            return new()
            {
                ["type"] = "IAMUser",
                ["principalId"] = "AIDALOCALAWS" + caller.AccountId,
                ["arn"] = caller.Arn,
                ["accountId"] = caller.AccountId,
                ["accessKeyId"] = key.AccessKeyId,
                ["userName"] = parts[^1].Split('/')[^1],
            };
        }

        var issuer = "AROALOCALAWS" + caller.AccountId;
        return new()
        {
            ["type"] = "AssumedRole",
            ["principalId"] = $"{issuer}:{session}",
            ["arn"] = caller.Arn,
            ["accountId"] = caller.AccountId,
            ["accessKeyId"] = key.AccessKeyId,
            ["sessionContext"] = new JsonObject
            {
                ["sessionIssuer"] = new JsonObject
                {
                    ["type"] = "Role",
                    ["principalId"] = issuer,
                    ["arn"] = $"arn:{parts[1]}:iam::{caller.AccountId}:role/{role}",
                    ["accountId"] = caller.AccountId,
                    ["userName"] = role,
                },
                ["attributes"] = new JsonObject { ["creationDate"] = Text(at), ["mfaAuthenticated"] = "false" },
            },
        };
    }

    private static JsonObject Parameters(ApiCall call) => call.Operation.Name is "CreateTags" or "DeleteTags"
        ? new()
        {
            ["resourcesSet"] = Items(call.Form.Texts("ResourceId").Select(id => new JsonObject { ["resourceId"] = id })),
            ["tagSet"] = Items(call.Form.List("Tag").Select(Tag)),
        }
        : new() { [call.Operation.Name + "Request"] = Fields(call.Form, NotParameters) };

    private static JsonObject Tag(Form tag)
    {
        var written = new JsonObject { ["key"] = tag.Text("Key") };
        if (tag.Text("Value") is { } value)
            written["value"] = value;
        return written;
    }

    private static JsonObject Items(IEnumerable<JsonObject> items) => new() { ["items"] = new JsonArray([.. items]) };

    private static JsonObject Fields(Form form, ImmutableArray<string> without) => new(form.Names
        .Where(name => !without.Contains(name, StringComparer.Ordinal))
        .Select(name => KeyValuePair.Create(name, Field(form, name))));

    private static JsonNode? Field(Form form, string name) => form.List(name) switch
    {
        [] when form.Find(name) is { Names.Count: > 0 } below => Fields(below, []),
        [] => form.Text(name),
        [var only] => Entry(only, 1),
        var list => new JsonArray([.. list.Select((entry, at) => Entry(entry, at + 1))]),
    };

    private static JsonObject Entry(Form entry, int number)
    {
        var fields = entry.Names.Count > 0 ? Fields(entry, []) : new() { ["content"] = entry.Value };
        fields.Insert(0, "tag", number);
        return fields;
    }

    private static JsonObject Elements(ApiCall call, Answer.Xml answer)
    {
        var written = Written(answer.Members);
        if (call.Operation.Name is "CreateTags" or "DeleteTags")
            return new() { ["requestId"] = call.RequestId, ["_return"] = true };
        written.Insert(0, "xmlns", Namespace);
        written.Insert(1, "requestId", call.RequestId);
        return new() { [call.Operation.Name + "Response"] = written };
    }

    private static JsonObject Written(IEnumerable<XElement> elements) => new(elements
        .GroupBy(element => element.Name.LocalName, StringComparer.Ordinal)
        .Select(same => KeyValuePair.Create<string, JsonNode?>(same.Key, same.ToList() is [var only] ? Written(only) : new JsonArray([.. same.Select(Written)]))));

    private static JsonNode Written(XElement element) => element.HasElements ? Written(element.Elements()) : JsonValue.Create(element.Value);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
