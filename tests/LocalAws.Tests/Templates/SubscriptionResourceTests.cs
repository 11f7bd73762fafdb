using LocalAws.Access;
using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class SubscriptionResourceTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:news";

    private const string Yaml = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          News:
            Type: AWS::SNS::Topic
            Properties:
              TopicName: news
          Work:
            Type: AWS::SQS::Queue
          Reader:
            Type: AWS::SNS::Subscription
            Properties:
              TopicArn: !Ref News
              Protocol: sqs
              Endpoint: !GetAtt Work.Arn
              RawMessageDelivery: true
              FilterPolicy: { severity: [warning] }
              RedrivePolicy: { deadLetterTargetArn: !GetAtt Work.Arn }
          Hear:
            Type: AWS::Serverless::Function
            Properties:
              Handler: A::B::C
              Runtime: dotnet10
              CodeUri: .
              Events:
                Heard:
                  Type: SNS
                  Properties:
                    Topic: !Ref News
                    FilterPolicy: { severity: [{ prefix: warn }] }
          Rule:
            Type: AWS::Lambda::Permission
            Properties:
              Action: lambda:InvokeFunction
              FunctionName: !Ref Hear
              Principal: events.amazonaws.com
              SourceArn: arn:aws:events:eu-central-1:111122223333:rule/*
        Outputs:
          Subscription: { Value: !Ref Reader }
        """;

    private readonly Cloud cloud = new(CloudOptions.Default);

    [Fact]
    public void A_subscription_has_the_attributes_that_the_template_gives_it()
    {
        var stack = Deploy(Yaml);

        var subscription = Assert.Single(cloud.Sns.Subscriptions, subscription => subscription.Settings.Protocol == "sqs");
        Assert.Equal(stack.Outputs["Subscription"], subscription.Arn);
        Assert.Equal(("true", """{"severity":["warning"]}"""), (subscription.Settings.Attributes.Given["RawMessageDelivery"], subscription.Settings.Attributes.Given["FilterPolicy"]));
        Assert.Equal(stack.Queues["Work"].Arn, subscription.Settings.Attributes.DeadLetterTarget);
    }

    [Fact]
    public void A_function_that_hears_a_topic_is_subscribed_and_lets_it()
    {
        var function = Deploy(Yaml).Functions["Hear"].Arn;

        Assert.Equal(function, Assert.Single(cloud.Sns.Subscriptions, subscription => subscription.Settings.Protocol == "lambda").Settings.Endpoint);
        Invoke("sns.amazonaws.com", Topic, function);
        Invoke("events.amazonaws.com", "arn:aws:events:eu-central-1:111122223333:rule/nightly", function);
        Assert.Throws<AccessDeniedException>(() => Invoke("sns.amazonaws.com", Topic + "2", function));
        Assert.Throws<AccessDeniedException>(() => Invoke("events.amazonaws.com", Topic, function));
    }

    [Theory]
    [InlineData("Protocol: sqs", "Protocol: sms", "Resources.Reader.Properties")]
    [InlineData("[warning]", "[{ sounds-like: x }]", "Resources.Reader.Properties")]
    [InlineData("Type: SNS\n", "Type: S3\n", "Resources.Hear.Properties.Events.Heard.Type")]
    [InlineData("Topic: !Ref News\n", "Topic: !Ref News\n            SqsSubscription: true\n", "Resources.Hear.Properties.Events.Heard.Properties.SqsSubscription")]
    [InlineData("!Ref Hear", "nobody", "Resources.Rule.Properties.FunctionName")]
    public void What_is_not_known_here_is_refused(string text, string other, string place)
    {
        Assert.Contains(text, Yaml, StringComparison.Ordinal);

        var error = Assert.Throws<TemplateException>(() => Deploy(Yaml.Replace(text, other, StringComparison.Ordinal)));

        Assert.StartsWith(place + ":", error.Message, StringComparison.Ordinal);
    }

    private void Invoke(string service, string source, string function) => cloud.Access.DemandOfService(
        service, new("lambda:InvokeFunction", function, ConditionKeys.None.With("aws:SourceArn", source)));

    private Stack Deploy(string yaml) => Template.Read(yaml, ".").Deploy(cloud, "hello", new Dictionary<string, string>());
}
