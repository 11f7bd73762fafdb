using System.Text.Json.Nodes;
using LocalAws.Events;
using LocalAws.Scheduling;
using LocalAws.Tests.Lambda;
using LocalAws.Tests.Wire;
using Xunit;

namespace LocalAws.Tests.Scheduling;

public sealed class ScheduleTests
{
    private readonly LambdaWorld world = new();
    private readonly List<(DateTimeOffset At, string Input)> calls = [];

    [Fact]
    public void Nothing_is_called_and_nothing_is_due_before_it_starts()
    {
        world.Cloud.Scheduler.Add(EveryMinute());

        Assert.Null(world.Cloud.Time.NextDue);
        Pass(10);
        Assert.Empty(calls);
    }

    [Fact]
    public void Once_started_it_calls_every_minute_until_it_is_stopped()
    {
        world.Cloud.Scheduler.Add(EveryMinute());
        world.Cloud.Scheduler.Start();
        Pass(10);

        Assert.Equal(10, calls.Count);
        Assert.All(calls.Zip(calls.Skip(1)), pair => Assert.InRange((pair.Second.At - pair.First.At).TotalSeconds, 58, 62));
        world.Cloud.Scheduler.Stop();
        Pass(5);
        Assert.InRange(calls.Count, 10, 11);
        Assert.Null(world.Cloud.Time.NextDue);
    }

    [Fact]
    public void One_that_comes_later_runs_too_and_a_disabled_one_does_not()
    {
        world.Cloud.Scheduler.Start();
        world.Cloud.Scheduler.Add(EveryMinute());
        world.Cloud.Scheduler.Add(EveryMinute() with { Enabled = false });
        Pass(3);

        Assert.Equal(3, calls.Count);
    }

    [Fact]
    public void Without_an_input_the_target_hears_of_the_schedule()
    {
        world.Cloud.Scheduler.Add(EveryMinute());
        world.Cloud.Scheduler.Add(EveryMinute() with { Input = """{"own":1}""" });
        world.Cloud.Scheduler.Start();
        Pass(1);
        Pass(1);

        var inputs = calls.Select(call => call.Input).Distinct().ToList();
        Assert.Contains("""{"own":1}""", inputs);
        var described = JsonNode.Parse(inputs.First(input => input.Contains("aws.scheduler", StringComparison.Ordinal)))!;
        Assert.Equal("arn:aws:scheduler:eu-central-1:111122223333:schedule/default/tick", described["resources"]![0]!.GetValue<string>());
        Assert.Equal("{}", described["detail"]!.GetValue<string>());
    }

    [Fact]
    public void A_role_that_may_not_call_is_a_dead_letter()
    {
        new RawCaller(world.Cloud).Call("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "dead" });
        var queue = world.Cloud.Arn("sqs", "dead");
        world.Cloud.Scheduler.Add(EveryMinute() with { Role = LambdaWorld.Role("mayNot", LambdaWorld.Allow("sqs:SendMessage", queue)).Caller, DeadLetterArn = queue });
        world.Cloud.Scheduler.Start();
        Pass(1);

        Assert.Empty(calls);
        Assert.Equal("AccessDeniedException", Assert.Single(world.Cloud.Sqs.Messages(queue)).Attributes["ERROR_CODE"].Text);
    }

    private ScheduleSettings EveryMinute()
    {
        var function = world.Add("tick", (input, _) =>
        {
            calls.Add((world.Cloud.Time.GetUtcNow(), input));
            return Task.FromResult("{}");
        });
        return new("tick", world.Cloud.Arn("scheduler", "schedule/default/tick"), TimeSpan.FromMinutes(1), TimeSpan.Zero, function.Arn, LambdaWorld.Role("tickRole", LambdaWorld.Allow("lambda:InvokeFunction", function.Arn)).Caller, null, RetrySettings.Usual, null, true);
    }

    private void Pass(int minutes) => world.Cloud.Time.Advance(TimeSpan.FromMinutes(minutes));
}
