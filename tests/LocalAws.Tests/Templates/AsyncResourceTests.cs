using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class AsyncResourceTests
{
    private const string Yaml = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Dead:
            Type: AWS::SQS::Queue
          News:
            Type: AWS::SNS::Topic
          Act:
            Type: AWS::Serverless::Function
            Properties:
              Handler: A::B::C
              Runtime: dotnet10
              CodeUri: .
              ReservedConcurrentExecutions: 5
              DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Dead.Arn }
              EventInvokeConfig:
                MaximumRetryAttempts: 1
                MaximumEventAgeInSeconds: 120
                DestinationConfig:
                  OnFailure: { Type: SNS, Destination: !Ref News }
                  OnSuccess: { Type: Lambda, Destination: !GetAtt Look.Arn }
          Look:
            Type: AWS::Serverless::Function
            Properties: { Handler: A::B::D, Runtime: dotnet10, CodeUri: . }
          LookLess:
            Type: AWS::Lambda::EventInvokeConfig
            Properties: { FunctionName: !Ref Look, Qualifier: $LATEST, MaximumRetryAttempts: 0 }
        """;

    private readonly Cloud cloud = new(CloudOptions.Default);

    [Fact]
    public void A_function_is_invoked_as_the_template_says()
    {
        var stack = Deploy(Yaml);

        var act = stack.Functions["Act"];
        Assert.Equal(new AsyncSettings(1, TimeSpan.FromMinutes(2), stack.Functions["Look"].Arn, stack.Topics["News"].Arn), act.Async);
        Assert.Equal((5, stack.Queues["Dead"].Arn), (act.ReservedConcurrency, act.DeadLetterArn));
        Assert.Equal(AsyncSettings.Usual with { MaximumRetryAttempts = 0 }, stack.Functions["Look"].Async);
        Assert.Equal(act.Async, cloud.Lambda.Find(act.FunctionName)!.Async);
    }

    [Fact]
    public void Its_role_may_do_what_that_needs_and_no_more()
    {
        var policies = Deploy(Yaml).Roles["ActRole"].Policies.SelectMany(policy => policy.Statements).SelectMany(statement => statement.Actions);

        Assert.Equal(["lambda:InvokeFunction", "sns:Publish", "sqs:SendMessage"], policies.Where(action => !action.StartsWith("logs:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Type: SNS, Destination: !Ref News", "Type: EventBridge, Destination: 'arn:aws:events:eu-central-1:111122223333:event-bus/b'", "Resources.Act.Properties.EventInvokeConfig.DestinationConfig.OnFailure.Type")]
    [InlineData("Type: SNS, Destination: !Ref News", "Type: SNS", "Resources.Act.Properties.EventInvokeConfig.DestinationConfig.OnFailure.Destination")]
    [InlineData("Type: SQS, TargetArn: !GetAtt Dead.Arn", "Type: SQS, TargetArn: !GetAtt Look.Arn", "Resources.Act.Properties.DeadLetterQueue.TargetArn")]
    [InlineData("ReservedConcurrentExecutions: 5", "ReservedConcurrentExecutions: 901", "Resources.Act.Properties.ReservedConcurrentExecutions")]
    [InlineData("MaximumRetryAttempts: 1", "MaximumRetryAttempts: 3", "Resources.Act.Properties.EventInvokeConfig.MaximumRetryAttempts")]
    [InlineData("Qualifier: $LATEST, MaximumRetryAttempts: 0", "DestinationConfig: { OnFailure: { Destination: !Ref News } }", "Resources.LookLess.Properties.DestinationConfig.OnFailure.Destination")]
    public void What_aws_would_refuse_or_is_not_imitated_is_refused(string text, string other, string place)
    {
        Assert.Contains(text, Yaml, StringComparison.Ordinal);

        var error = Assert.Throws<TemplateException>(() => Deploy(Yaml.Replace(text, other, StringComparison.Ordinal)));

        Assert.StartsWith(place + ":", error.Message, StringComparison.Ordinal);
    }

    private Stack Deploy(string yaml) => Template.Read(yaml, ".").Deploy(cloud, "hello", new Dictionary<string, string>());
}
