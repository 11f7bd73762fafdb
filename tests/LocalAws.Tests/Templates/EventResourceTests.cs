using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class EventResourceTests
{
    private const string Yaml = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Sync:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: .
              Handler: A::B::C
              Runtime: dotnet10
              Events:
                EveryMinute:
                  Type: ScheduleV2
                  Properties:
                    ScheduleExpression: rate(1 minute)
                    RetryPolicy: { MaximumRetryAttempts: 0 }
                    DeadLetterConfig: { Arn: !GetAtt Lost.Arn }
                Moved:
                  Type: EventBridgeRule
                  Properties:
                    Pattern:
                      source: [aws.rds]
                      detail: { EventCategories: [failover] }
                    DeadLetterConfig: { Arn: !GetAtt Lost.Arn }
                    RetryPolicy: { MaximumEventAgeInSeconds: 600 }
          Lost:
            Type: AWS::SQS::Queue
          Also:
            Type: AWS::Events::Rule
            Properties:
              EventPattern: { source: [aws.states] }
              Targets:
                - { Id: sync, Arn: !GetAtt Sync.Arn, InputPath: $.detail }
          News:
            Type: AWS::SNS::Topic
          Failing:
            Type: AWS::CloudWatch::Alarm
            Properties:
              AlarmDescription: It fails.
              Namespace: AWS/Lambda
              MetricName: Errors
              Dimensions: [{ Name: FunctionName, Value: !Ref Sync }]
              Statistic: Sum
              Period: 60
              EvaluationPeriods: 5
              DatapointsToAlarm: 2
              Threshold: 1
              ComparisonOperator: GreaterThanOrEqualToThreshold
              TreatMissingData: notBreaching
              AlarmActions: [!Ref News]
          Board:
            Type: AWS::CloudWatch::Dashboard
            Properties:
              DashboardBody: !Sub '{"widgets":[{"type":"text","properties":{"markdown":"${AWS::StackName}"}}]}'
        """;

    private readonly Cloud cloud = new(CloudOptions.Default);

    [Fact]
    public void A_schedule_is_made_with_a_role_that_may_invoke_the_function_alone()
    {
        var stack = Deploy(Yaml);

        var schedule = Assert.Single(cloud.Scheduler.All);
        Assert.Equal(("SyncEveryMinute", TimeSpan.FromMinutes(1), 0, true), (schedule.Name, schedule.Every, schedule.Retry.MaximumAttempts, schedule.Enabled));
        Assert.Equal((stack.Functions["Sync"].Arn, stack.Queues["Lost"].Arn), (schedule.TargetArn, schedule.DeadLetterArn));
        Assert.Equal(["lambda:InvokeFunction", "sqs:SendMessage"], stack.Roles["SyncEveryMinuteRole"].Policies.SelectMany(policy => policy.Statements).SelectMany(statement => statement.Actions));
    }

    [Fact]
    public void A_rule_is_made_with_a_permission_for_it_alone()
    {
        var stack = Deploy(Yaml);

        var rule = Assert.Single(cloud.Events.Rules, rule => rule.Name.StartsWith("hello-SyncMoved-", StringComparison.Ordinal));
        Assert.Equal("""{"source":["aws.rds"],"detail":{"EventCategories":["failover"]}}""", rule.Pattern);
        var target = Assert.Single(rule.Targets);
        Assert.Equal((stack.Functions["Sync"].Arn, TimeSpan.FromMinutes(10), 185, stack.Queues["Lost"].Arn), (target.Arn, target.Retry.MaximumAge, target.Retry.MaximumAttempts, target.DeadLetterArn));
        var permission = Assert.Single(stack.Functions["Sync"].Policy!.Statements);
        Assert.Equal("events.amazonaws.com", Assert.Single(permission.Principals).Value);
        Assert.Equal(rule.Arn, Assert.Single(Assert.Single(permission.Statement.Conditions).Values));
    }

    [Fact]
    public void Rules_alarms_and_dashboards_stand_in_the_template_itself()
    {
        var stack = Deploy(Yaml);

        Assert.Equal("$.detail", Assert.Single(Assert.Single(cloud.Events.Rules, rule => rule.Name.StartsWith("hello-Also-", StringComparison.Ordinal)).Targets).Input.Path);
        var alarm = Assert.Single(cloud.CloudWatch.Alarms).Settings;
        Assert.Equal(("Errors", "Sum", 5, 2, 1d, "notBreaching"), (alarm.Metric.Name, alarm.Statistic, alarm.EvaluationPeriods, alarm.DatapointsToAlarm, alarm.Threshold, alarm.Missing));
        Assert.Equal(stack.Functions["Sync"].FunctionName, alarm.Metric.Dimensions["FunctionName"]);
        Assert.Equal(stack.Topics["News"].Arn, Assert.Single(alarm.AlarmActions));
    }

    [Theory]
    [InlineData("rate(1 minute)", "rate(1 minutes)", "Resources.Sync.Properties.Events.EveryMinute.Properties.ScheduleExpression")]
    [InlineData("rate(1 minute)", "cron(0 * * * ? *)", "Resources.Sync.Properties.Events.EveryMinute.Properties.ScheduleExpression")]
    [InlineData("MaximumRetryAttempts: 0", "MaximumRetryAttempts: 186", "Resources.Sync.Properties.Events.EveryMinute.Properties.RetryPolicy.MaximumRetryAttempts")]
    [InlineData("source: [aws.rds]", "source: aws.rds", "Resources.Sync.Properties.Events.Moved.Properties.Pattern")]
    [InlineData("Type: EventBridgeRule", "Type: Cron", "Resources.Sync.Properties.Events.Moved.Type")]
    [InlineData("Statistic: Sum", "Statistic: p99", "Resources.Failing.Properties.Statistic")]
    [InlineData("Period: 60", "Period: 61", "Resources.Failing.Properties.Period")]
    [InlineData("DatapointsToAlarm: 2", "DatapointsToAlarm: 6", "Resources.Failing.Properties.DatapointsToAlarm")]
    [InlineData("AlarmActions: [!Ref News]", "AlarmActions: [!GetAtt Sync.Arn]", "Resources.Failing.Properties.AlarmActions")]
    [InlineData("\"widgets\":", "\"widgets\"", "Resources.Board.Properties.DashboardBody")]
    public void What_aws_would_refuse_is_refused(string text, string other, string place)
    {
        var error = Assert.Throws<TemplateException>(() => Deploy(Yaml.Replace(text, other, StringComparison.Ordinal)));

        Assert.StartsWith(place + ":", error.Message, StringComparison.Ordinal);
    }

    private Stack Deploy(string yaml) => Template.Read(yaml, ".").Deploy(cloud, "hello", new Dictionary<string, string>());
}
