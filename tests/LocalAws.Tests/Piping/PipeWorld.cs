using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Piping;
using LocalAws.Tests.Lambda;
using LocalAws.Tests.Sqs;

namespace LocalAws.Tests.Piping;

/// <summary>A queue with dead letters, and a pipe from it to the default event bus.</summary>
internal sealed class PipeWorld
{
    public const string Bus = "arn:aws:events:eu-central-1:111122223333:event-bus/default";

    public static readonly ImmutableArray<Statement> Usual =
    [
        LambdaWorld.Allow("sqs:ReceiveMessage", SqsWorld.Arn("work")),
        LambdaWorld.Allow("sqs:DeleteMessage", SqsWorld.Arn("work")),
        LambdaWorld.Allow("events:PutEvents", Bus),
    ];

    public PipeWorld()
    {
        Sqs.Create("dead");
        Sqs.Create("work", ("VisibilityTimeout", "30"), ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{SqsWorld.Arn("dead")}}","maxReceiveCount":3}"""));
    }

    public SqsWorld Sqs { get; } = new();

    public Cloud Cloud => Sqs.Cloud;

    public IReadOnlyList<JsonObject> Events => Cloud.Events.Events;

    public static PipeSettings Settings(params ImmutableArray<Statement> statements) => new(
        "Link", "link", "arn:aws:pipes:eu-central-1:111122223333:pipe/link", LambdaWorld.Role("pipe", statements).Caller, SqsWorld.Arn("work"), Bus, 10, TimeSpan.Zero,
        new("mine", "a type", [], null, """{"said": <$.body>}"""), true);

    public Pipe Add(PipeSettings settings) => Cloud.Pipes.Add(settings);

    public void Put(string body) => Sqs.Put("work", body);

    public void Pass(double seconds) => Cloud.Time.Advance(TimeSpan.FromSeconds(seconds));

    public IEnumerable<string> Waiting(string queue) => Cloud.Sqs.Messages(SqsWorld.Arn(queue)).Select(message => message.Body);

    public IEnumerable<string> Details() => Events.Select(happened => happened["detail"]!.ToJsonString());
}
