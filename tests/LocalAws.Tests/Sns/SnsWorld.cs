using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Templates;
using LocalAws.Tests.Wire;
using Xunit;

namespace LocalAws.Tests.Sns;

/// <summary>A cloud with a topic, a queue that the topic may send to, and what a client of the query protocol sees of them.</summary>
internal sealed class SnsWorld
{
    public const string Topic = "arn:aws:sns:eu-central-1:111122223333:news";
    public const string Work = "arn:aws:sqs:eu-central-1:111122223333:work";

    private readonly RawCaller caller;

    public SnsWorld(Cloud? cloud = null)
    {
        Cloud = cloud ?? new(CloudOptions.Default);
        caller = new(Cloud);
        Cloud.Sns.Add(new TopicSettings("News", "news", Topic, null, null));
        AddQueue("work");
        Let(Work, "sqs:SendMessage");
    }

    public Cloud Cloud { get; }

    public void AddQueue(string name) => caller.Call("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = name });

    /// <summary>Lets SNS do this for the topic.</summary>
    public void Let(string resource, string action) => Cloud.Access.Attach(resource, new("p", [new(
        [new("Service", "sns.amazonaws.com")],
        new("s", false, [action], [resource], [new("ArnEquals", "aws:SourceArn", [Topic])]))]));

    public string Subscribe(string protocol, string endpoint, params (string Name, string Value)[] attributes) =>
        Text(Query("Subscribe", $"TopicArn={Topic}&Protocol={protocol}&Endpoint={Uri.EscapeDataString(endpoint)}{Entries(attributes)}"), "SubscriptionArn");

    public XElement Query(string operation, string parameters) => caller.Query("sns", operation, parameters);

    public string Error(string operation, string parameters) => Text(Query(operation, parameters), "Code");

    /// <summary>Publishes, and lets what follows from it happen.</summary>
    public void Publish(string message, params string[] more)
    {
        Assert.NotEmpty(Text(Query("Publish", $"TopicArn={Topic}&Message={Uri.EscapeDataString(message)}&{string.Join('&', more)}"), "MessageId"));
        Cloud.Time.Advance(TimeSpan.FromSeconds(1));
    }

    public static string Attribute(int at, string name, string type, string value) =>
        $"MessageAttributes.entry.{at}.Name={name}&MessageAttributes.entry.{at}.Value.DataType={type}&MessageAttributes.entry.{at}.Value.StringValue={Uri.EscapeDataString(value)}";

    public IReadOnlyList<string> In(string queueArn) => [.. Cloud.Sqs.Messages(queueArn).Select(message => message.Body)];

    public JsonNode Notification() => JsonNode.Parse(Assert.Single(In(Work)))!;

    public static string Text(XElement answer, string element) => answer.Descendants().First(found => found.Name.LocalName == element).Value;

    private static string Entries((string Name, string Value)[] attributes) => string.Concat(attributes.Select((attribute, at) =>
        $"&Attributes.entry.{at + 1}.key={attribute.Name}&Attributes.entry.{at + 1}.value={Uri.EscapeDataString(attribute.Value)}"));
}
