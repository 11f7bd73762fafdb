using System.Globalization;
using LocalAws.Tests.Lambda;
using LocalAws.Tests.Sqs;
using Xunit;

namespace LocalAws.Tests.Piping;

public sealed class PipeTests
{
    private readonly PipeWorld world = new();

    [Fact]
    public void A_message_is_an_event_within_half_a_second_and_leaves_the_queue()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual));

        world.Put("""{"a":1}""");
        world.Pass(0.5);

        var happened = Assert.Single(world.Events);
        Assert.Equal(("mine", "a type", "111122223333"), ((string)happened["source"]!, (string)happened["detail-type"]!, (string)happened["account"]!));
        Assert.Equal("""{"said":{"a":1}}""", happened["detail"]!.ToJsonString());
        Assert.Empty(world.Waiting("work"));
    }

    [Fact]
    public void What_waits_already_is_taken_and_an_idle_pipe_leaves_the_cloud_at_rest()
    {
        world.Put("1");
        world.Add(PipeWorld.Settings(PipeWorld.Usual));
        world.Pass(60);

        Assert.Equal(["""{"said":1}"""], world.Details());
        Assert.Null(world.Cloud.Time.NextDue);
    }

    [Fact]
    public void What_is_sent_later_is_taken_too_each_message_once()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual));

        for (var at = 0; at < 120; at++)
        {
            world.Put(at.ToString(CultureInfo.InvariantCulture));
            world.Pass(0.01);
        }

        world.Pass(60);
        Assert.Equal(Enumerable.Range(0, 120).Select(at => $$"""{"said":{{at}}}"""), world.Details().OrderBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal));
    }

    [Fact]
    public void What_aws_names_an_event_that_is_not_given_a_name()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual) with { Target = new(null, null, [], null, null) });

        world.Put("text");
        world.Pass(1);

        var happened = Assert.Single(world.Events);
        Assert.Equal(("Pipe link", "Event from aws:sqs"), ((string)happened["source"]!, (string)happened["detail-type"]!));
        Assert.Equal(
            ["messageId", "receiptHandle", "body", "attributes", "messageAttributes", "md5OfBody", "eventSource", "eventSourceARN", "awsRegion"],
            happened["detail"]!.AsObject().Select(field => field.Key));
        Assert.Equal(("text", "1"), ((string)happened["detail"]!["body"]!, (string)happened["detail"]!["attributes"]!["ApproximateReceiveCount"]!));
    }

    [Fact]
    public void Source_type_resources_and_time_may_come_from_the_message()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual) with { Target = new("$.body.who", "$.body.what", ["arn:fixed", "$.body.arns[1]", "$.body.nowhere"], "$.body.at", "{}") });

        world.Put("""{"who":"me","what":"a","arns":["x","y"],"at":"2026-02-03T04:05:06Z"}""");
        world.Pass(1);

        var happened = Assert.Single(world.Events);
        Assert.Equal(("me", "a", "2026-02-03T04:05:06Z"), ((string)happened["source"]!, (string)happened["detail-type"]!, (string)happened["time"]!));
        Assert.Equal("""["arn:fixed","y"]""", happened["resources"]!.ToJsonString());
    }

    [Fact]
    public void What_the_bus_refuses_comes_back_after_the_visibility_timeout_and_ends_in_the_dead_letters()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual) with { Target = new("mine", "a type", [], null, "<$.body>") });

        world.Put("no object");
        world.Pass(29);
        Assert.Equal(1, Assert.Single(world.Cloud.Sqs.Messages(SqsWorld.Arn("work"))).ReceiveCount);
        world.Pass(33);
        Assert.Equal(3, Assert.Single(world.Cloud.Sqs.Messages(SqsWorld.Arn("work"))).ReceiveCount);
        world.Pass(31);

        Assert.Equal(["no object"], world.Waiting("dead"));
        Assert.Empty(world.Waiting("work"));
        Assert.Empty(world.Events);
        world.Pass(60);
        Assert.Null(world.Cloud.Time.NextDue);
    }

    [Fact]
    public void One_bad_message_does_not_hold_up_its_batch()
    {
        world.Put("""a "quoted" text""");
        world.Put("""{"fine":true}""");
        world.Add(PipeWorld.Settings(PipeWorld.Usual));
        world.Pass(1);

        Assert.Equal(["""{"said":{"fine":true}}"""], world.Details());
        Assert.Equal(["""a "quoted" text"""], world.Waiting("work"));
    }

    [Fact]
    public void Together_events_may_exceed_the_limit_of_a_request_but_none_by_itself()
    {
        var (half, most) = (new string('x', 600_000), new string('x', 1_048_576));
        world.Put(half);
        world.Put(half);
        world.Put(most);
        world.Add(PipeWorld.Settings(PipeWorld.Usual));
        world.Pass(1);

        Assert.Equal(2, world.Events.Count);
        Assert.Equal(most.Length, Assert.Single(world.Waiting("work")).Length);
    }

    [Fact]
    public void Without_leave_to_put_events_messages_are_lost_to_the_dead_letters()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual.RemoveAt(2)));

        world.Put("1");
        world.Pass(100);

        Assert.Empty(world.Events);
        Assert.Equal(["1"], world.Waiting("dead"));
    }

    [Theory]
    [InlineData("events:source", "other", 0)]
    [InlineData("events:source", "mine", 1)]
    [InlineData("events:detail-type", "another type", 0)]
    [InlineData("events:detail-type", "a type", 1)]
    public void A_permission_may_be_for_one_source_or_type(string key, string value, int delivered)
    {
        var only = PipeWorld.Usual[2] with { Conditions = [new("StringEquals", key, [value])] };
        world.Add(PipeWorld.Settings(PipeWorld.Usual.SetItem(2, only)));

        world.Put("1");
        world.Pass(1);

        Assert.Equal(delivered, world.Events.Count);
    }

    [Fact]
    public void What_cannot_be_deleted_is_delivered_again()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual.RemoveAt(1)));

        world.Put("1");
        world.Pass(100);

        Assert.Equal(3, world.Events.Count);
        Assert.Equal(["1"], world.Waiting("dead"));
    }

    [Fact]
    public void A_pipe_that_may_not_read_is_switched_off()
    {
        var pipe = world.Add(PipeWorld.Settings(PipeWorld.Usual.RemoveAt(0)));

        world.Put("1");
        world.Pass(100);

        Assert.False(pipe.IsRunning);
        Assert.Contains("sqs:ReceiveMessage", pipe.StateReason, StringComparison.Ordinal);
        Assert.Equal(0, Assert.Single(world.Cloud.Sqs.Messages(SqsWorld.Arn("work"))).ReceiveCount);
    }

    [Fact]
    public void A_pipe_that_is_stopped_takes_nothing()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual) with { Enabled = false });

        world.Put("1");
        world.Pass(100);

        Assert.Equal(["1"], world.Waiting("work"));
    }

    [Fact]
    public void A_window_waits_for_a_full_batch_but_not_for_ever()
    {
        world.Add(PipeWorld.Settings(PipeWorld.Usual) with { BatchSize = 2, Window = TimeSpan.FromSeconds(20) });

        world.Put("1");
        world.Pass(19);
        Assert.Empty(world.Events);
        world.Pass(2);
        Assert.Single(world.Events);
        world.Put("2");
        world.Put("3");
        world.Pass(1);
        Assert.Equal(3, world.Events.Count);
    }

    [Fact]
    public void An_encrypted_queue_is_read_with_its_key()
    {
        var key = world.Cloud.Arn("kms", "key/1");
        world.Cloud.Access.Attach(key, new("key", [new([new("AWS", "111122223333")], new("s", false, ["kms:*"], ["*"], []))]));
        world.Sqs.Call("SetQueueAttributes", SqsWorld.On("work", ("Attributes", SqsWorld.Map(("KmsMasterKeyId", key)))));
        world.Put("1");
        var locked = world.Add(PipeWorld.Settings(PipeWorld.Usual));
        world.Pass(1);
        world.Add(PipeWorld.Settings(PipeWorld.Usual.Add(LambdaWorld.Allow("kms:Decrypt", key))) with { Name = "other" });
        world.Pass(1);

        Assert.Contains("kms:Decrypt", locked.StateReason, StringComparison.Ordinal);
        Assert.Single(world.Events);
    }

    [Fact]
    public void Equal_seeds_give_equal_times()
    {
        static DateTimeOffset When()
        {
            var other = new PipeWorld();
            other.Add(PipeWorld.Settings(PipeWorld.Usual));
            other.Put("1");
            while (other.Events.Count == 0 && other.Cloud.Time.Step())
            {
            }

            return other.Cloud.Time.GetUtcNow();
        }

        Assert.Equal(When(), When());
    }
}
