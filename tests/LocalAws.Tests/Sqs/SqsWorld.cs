using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Tests.Wire;
using Xunit;

namespace LocalAws.Tests.Sqs;

/// <summary>A cloud, and its queues as a client of the JSON protocol sees them.</summary>
internal sealed class SqsWorld
{
    private readonly RawCaller caller;

    public SqsWorld() => caller = new(Cloud);

    public Cloud Cloud { get; } = new(CloudOptions.Default);

    public static string Arn(string name) => "arn:aws:sqs:eu-central-1:111122223333:" + name;

    public static string Url(string name) => "https://sqs.eu-central-1.amazonaws.com/111122223333/" + name;

    public JsonNode Call(string operation, JsonObject body) => caller.Call("sqs", "AmazonSQS." + operation, body);

    public RawAnswer Send(string operation, JsonObject body, IssuedKey? key = null) => caller.Send("sqs", "AmazonSQS." + operation, body, key);

    public Task<RawAnswer> SendAsync(string operation, JsonObject body) => caller.SendAsync("sqs", "AmazonSQS." + operation, body);

    public string Create(string name, params (string Name, string Value)[] attributes) =>
        Call("CreateQueue", new() { ["QueueName"] = name, ["Attributes"] = Map(attributes) })["QueueUrl"]!.GetValue<string>();

    public JsonNode Put(string name, string body) => Call("SendMessage", On(name, ("MessageBody", body)));

    public JsonArray Receive(string name, params (string Name, JsonNode Value)[] more) =>
        Call("ReceiveMessage", On(name, more))["Messages"] as JsonArray ?? [];

    public JsonNode ReceiveOne(string name, params (string Name, JsonNode Value)[] more) => Assert.Single(Receive(name, more))!;

    public string Attribute(string name, string attribute) =>
        Call("GetQueueAttributes", On(name, ("AttributeNames", new JsonArray(attribute))))["Attributes"]![attribute]!.GetValue<string>();

    public void Pass(int seconds) => Cloud.Time.Advance(TimeSpan.FromSeconds(seconds));

    public IssuedKey Role(params ImmutableArray<Statement> statements) => Cloud.Access.Issue(
        new("arn:aws:sts::111122223333:assumed-role/step/1", "111122223333", "Step", [new("step", statements)], ConditionKeys.None), temporary: true);

    public static Statement Allow(string action, string resource) => new(action, false, [action], [resource], []);

    public static JsonObject On(string name, params (string Name, JsonNode Value)[] more)
    {
        var body = new JsonObject { ["QueueUrl"] = Url(name) };
        foreach (var (field, value) in more)
            body[field] = value;
        return body;
    }

    public static JsonObject Map(params (string Name, string Value)[] attributes) =>
        new(attributes.Select(attribute => KeyValuePair.Create<string, JsonNode?>(attribute.Name, attribute.Value)));
}
