using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Events;
using LocalAws.Templates;
using LocalAws.Tests.Lambda;
using LocalAws.Tests.Wire;
using Xunit;

namespace LocalAws.Tests.Events;

public sealed class RuleTests
{
    private const string Bus = "arn:aws:events:eu-central-1:111122223333:rule/";
    private const string Queue = "arn:aws:sqs:eu-central-1:111122223333:dead";

    private readonly LambdaWorld world = new();
    private readonly List<string> heard = [];

    private Cloud Cloud => world.Cloud;

    [Fact]
    public void A_function_hears_of_what_the_rule_takes_and_of_nothing_else()
    {
        var function = Listener();
        Let("lambda:InvokeFunction", function.Arn);
        Rule(Target(function.Arn));

        Put("aws.rds", "b");
        Put("aws.ec2", "c");
        Pass();

        var happened = JsonNode.Parse(Assert.Single(heard))!;
        Assert.Equal(("0", "aws.rds", "a type", "111122223333", "eu-central-1", "2026-01-01T08:00:00Z"), (Text("version"), Text("source"), Text("detail-type"), Text("account"), Text("region"), Text("time")));
        Assert.Equal("""{"what":"b"}""", happened["detail"]!.ToJsonString());
        Assert.Equal("""["arn:one"]""", happened["resources"]!.ToJsonString());

        string Text(string name) => happened[name]!.GetValue<string>();
    }

    [Fact]
    public void Without_the_functions_permission_the_event_goes_to_the_dead_letters_at_once()
    {
        DeadLetters();
        Rule(Target(Listener().Arn) with { DeadLetterArn = Queue });

        Put("aws.rds", "b");
        Pass(2);

        Assert.Empty(heard);
        var letter = Assert.Single(Cloud.Sqs.Messages(Queue));
        Assert.Equal("NO_PERMISSIONS", letter.Attributes["ERROR_CODE"].Text);
        Assert.Equal(Bus + "moves", letter.Attributes["RULE_ARN"].Text);
        Assert.Contains("\"what\":\"b\"", letter.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permission_for_another_rule_is_none()
    {
        var function = Listener();
        Let("lambda:InvokeFunction", function.Arn, Bus + "other");
        Rule(Target(function.Arn));

        Put("aws.rds", "b");
        Pass();

        Assert.Empty(heard);
    }

    [Fact]
    public void A_target_that_is_gone_is_a_dead_letter_without_a_retry()
    {
        DeadLetters();
        Rule(Target(Cloud.Arn("lambda", "function:gone")) with { DeadLetterArn = Queue });

        Put("aws.rds", "b");
        Pass(2);

        Assert.Equal(("NO_RESOURCE", "0"), Code(Assert.Single(Cloud.Sqs.Messages(Queue))));

        static (string, string) Code(LocalAws.Sqs.QueueMessage letter) => (letter.Attributes["ERROR_CODE"].Text, letter.Attributes["RETRY_ATTEMPTS"].Text);
    }

    [Fact]
    public void Queues_and_topics_hear_by_their_own_policies()
    {
        DeadLetters();
        var topic = Cloud.Arn("sns", "news");
        Cloud.Sns.Add(new TopicSettings("News", "news", topic, null, null));
        Rule(Target(Queue), Target(topic) with { Id = "topic" });

        Put("aws.rds", "first");
        Pass();
        Let("sns:Publish", topic);
        Put("aws.rds", "second");
        Pass();

        Assert.Equal(2, Cloud.Sqs.Messages(Queue).Length);
        Assert.Contains("second", Assert.Single(Cloud.Sns.Published).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_machine_is_started_as_the_targets_role()
    {
        const string Definition = """{ "StartAt": "S", "States": { "S": { "Type": "Succeed" } } }""";
        var arn = Cloud.Arn("states", "stateMachine:machine");
        Cloud.StepFunctions.Add(new StateMachineSettings("Machine", "machine", arn, Definition, false, LambdaWorld.Role("machine"), null, false));
        Rule(Target(arn) with { Role = LambdaWorld.Role("may", LambdaWorld.Allow("states:StartExecution", arn)).Caller }, Target(arn) with { Id = "2", Role = LambdaWorld.Role("mayNot").Caller });

        Put("aws.rds", "b");
        Pass();

        Assert.Contains("\"what\":\"b\"", Assert.Single(Cloud.StepFunctions.Executions(arn)).InputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1}""", null, null, """{"a":1}""")]
    [InlineData(null, "$.detail", null, """{"what":"b \"c\""}""")]
    [InlineData(null, "$.nowhere", null, "null")]
    [InlineData(null, null, """{"w": <what>, "t": "said <what> at <gone>", "whole": <event>, "r": "<aws.events.rule-name>"}""", """{"w": "b \"c\"", "t": "said b \"c\" at ", "whole": {"what":"b \"c\""}, "r": "moves"}""")]
    public void A_target_may_get_a_part_of_the_event_or_a_text_made_of_it(string? constant, string? path, string? template, string expected)
    {
        var function = Listener();
        Let("lambda:InvokeFunction", function.Arn);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal) { ["what"] = "$.detail.what", ["event"] = "$.detail", ["gone"] = "$.detail.gone" };
        Rule(Target(function.Arn) with { Input = new(constant, path, paths.ToImmutableDictionary(), template) });

        Put("aws.rds", "b \"c\"");
        Pass();

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(Assert.Single(heard))), heard[0]);
    }

    [Fact]
    public void A_rule_that_is_disabled_takes_nothing()
    {
        var function = Listener();
        Let("lambda:InvokeFunction", function.Arn);
        Rule(Target(function.Arn));
        Cloud.Events.Add(Cloud.Events.Rules.Single() with { Enabled = false });

        Put("aws.rds", "b");
        Pass();

        Assert.Empty(heard);
    }

    [Fact]
    public void Executions_say_how_they_ended()
    {
        const string Definition = """{ "StartAt": "S", "States": { "S": { "Type": "Fail", "Error": "E" } } }""";
        var arn = Cloud.Arn("states", "stateMachine:machine");
        var machine = Cloud.StepFunctions.Add(new StateMachineSettings("Machine", "machine", arn, Definition, false, LambdaWorld.Role("machine"), null, false));

        Cloud.StepFunctions.Start(machine, "one", "{}");
        Pass();

        Assert.Equal(["RUNNING", "FAILED"], Cloud.Events.Events.Select(happened => happened["detail"]!["status"]!.GetValue<string>()));
        Assert.All(Cloud.Events.Events, happened => Assert.Equal("Step Functions Execution Status Change", happened["detail-type"]!.GetValue<string>()));
    }

    private FunctionSettings Listener() => world.Add("listener", (input, _) =>
    {
        heard.Add(input);
        return Task.FromResult("{}");
    });

    private void DeadLetters()
    {
        new RawCaller(Cloud).Call("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "dead" });
        Let("sqs:SendMessage", Queue);
    }

    private void Let(string action, string resource, string rule = Bus + "moves") => Cloud.Access.Attach(resource, new("p", [new(
        [new("Service", "events.amazonaws.com")],
        new("s", false, [action], [resource], [new("ArnEquals", "aws:SourceArn", [rule])]))]));

    private void Rule(params RuleTarget[] targets) => Cloud.Events.Add(new("moves", Bus + "moves", """{"source":["aws.rds"]}""", true, [.. targets]));

    private static RuleTarget Target(string arn) => new("1", arn, null, TargetInput.Whole, RetrySettings.Usual, null);

    private void Put(string source, string what) => Cloud.Events.Put(source, "a type", Cloud.Time.GetUtcNow(), new() { ["what"] = what }, "arn:one");

    private void Pass(int seconds = 5) => Cloud.Time.Advance(TimeSpan.FromSeconds(seconds));
}
