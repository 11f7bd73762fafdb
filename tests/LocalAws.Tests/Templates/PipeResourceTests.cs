using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class PipeResourceTests
{
    private const string Yaml = """
        Resources:
          Happenings:
            Type: AWS::SNS::Topic
          Work:
            Type: AWS::SQS::Queue
            Properties:
              SqsManagedSseEnabled: true
          Who:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Work]
              PolicyDocument:
                Version: '2012-10-17'
                Statement:
                  - Effect: Allow
                    Principal: { Service: sns.amazonaws.com }
                    Action: sqs:SendMessage
                    Resource: !GetAtt Work.Arn
                    Condition: { ArnEquals: { aws:SourceArn: !Ref Happenings } }
          ToQueue:
            Type: AWS::SNS::Subscription
            Properties:
              TopicArn: !Ref Happenings
              Protocol: sqs
              Endpoint: !GetAtt Work.Arn
          PipeRole:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: '2012-10-17'
                Statement:
                  - Effect: Allow
                    Principal: { Service: pipes.amazonaws.com }
                    Action: sts:AssumeRole
              Policies:
                - PolicyName: Pipe
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement:
                      - Effect: Allow
                        Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]
                        Resource: !GetAtt Work.Arn
                      - Effect: Allow
                        Action: events:PutEvents
                        Resource: !Sub arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default
          Log:
            Type: AWS::Logs::LogGroup
          Carry:
            Type: AWS::Pipes::Pipe
            Properties:
              Description: Carries.
              RoleArn: !GetAtt PipeRole.Arn
              Source: !GetAtt Work.Arn
              SourceParameters:
                SqsQueueParameters: { BatchSize: 5, MaximumBatchingWindowInSeconds: 0 }
              Target: !Sub arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default
              TargetParameters:
                EventBridgeEventBusParameters:
                  Source: mine
                  DetailType: a type
                InputTemplate: '{"message": <$.body.Message>, "id": <$.messageId>}'
              DesiredState: RUNNING
              LogConfiguration:
                Level: ERROR
                CloudwatchLogsLogDestination: { LogGroupArn: !GetAtt Log.Arn }
              Tags: { what: pipe }
        Outputs:
          Name: { Value: !Ref Carry }
          Arn: { Value: !GetAtt Carry.Arn }
        """;

    private readonly Cloud cloud = new(CloudOptions.Default);

    [Fact]
    public void A_pipe_is_made_and_named()
    {
        var stack = Deploy(Yaml);

        var pipe = Assert.Single(cloud.Pipes.All).Settings;
        Assert.Matches("^hello-Carry-[0-9A-Za-z]{12}$", pipe.Name);
        Assert.Equal((pipe.Name, cloud.Arn("pipes", "pipe/" + pipe.Name)), (stack.Outputs["Name"], stack.Outputs["Arn"]));
        Assert.Equal((5, "mine", true), (pipe.BatchSize, pipe.Target.Source, pipe.Enabled));
    }

    [Fact]
    public void What_is_published_is_an_event()
    {
        var stack = Deploy(Yaml);

        cloud.Access.Attach(stack.Topics["Happenings"].Arn, new("p", [new([new("Service", "vpce.amazonaws.com")], new("s", false, ["sns:Publish"], [stack.Topics["Happenings"].Arn], []))]));
        cloud.Sns.PublishAs("vpce.amazonaws.com", "arn:one", stack.Topics["Happenings"].Arn, "one word");
        cloud.Time.Advance(TimeSpan.FromSeconds(1));

        var happened = Assert.Single(cloud.Events.Events);
        Assert.Equal("one word", (string)happened["detail"]!["message"]!);
        Assert.Empty(cloud.Sqs.Messages(stack.Queues["Work"].Arn));
        Assert.Empty(stack.Dispensable(cloud.Access));
    }

    [Fact]
    public void A_permission_that_no_message_needed_is_dispensable()
    {
        var stack = Deploy(Yaml);

        Assert.Equal("events:PutEvents", Assert.Single(stack.Dispensable(cloud.Access)).Action);
    }

    [Theory]
    [InlineData("Source: !GetAtt Work.Arn", "Source: arn:aws:kinesis:eu-central-1:111122223333:stream/s", "Resources.Carry.Properties.Source")]
    [InlineData("Target: !Sub arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default", "Target: arn:aws:lambda:eu-central-1:111122223333:function:f", "Resources.Carry.Properties.Target")]
    [InlineData("BatchSize: 5", "BatchSize: 11", "Resources.Carry.Properties.SourceParameters.SqsQueueParameters.BatchSize")]
    [InlineData("MaximumBatchingWindowInSeconds: 0", "MaximumBatchingWindowInSeconds: 301", "Resources.Carry.Properties.SourceParameters.SqsQueueParameters.MaximumBatchingWindowInSeconds")]
    [InlineData("<$.messageId>", "<aws.pipes.pipe-nam>", "Resources.Carry.Properties.TargetParameters.InputTemplate")]
    [InlineData("Source: mine", "Source: aws.mine", "Resources.Carry.Properties.TargetParameters.EventBridgeEventBusParameters.Source")]
    [InlineData("Source: mine", "EndpointId: x", "Resources.Carry.Properties.TargetParameters.EventBridgeEventBusParameters.EndpointId")]
    [InlineData("DesiredState: RUNNING", "DesiredState: FAST", "Resources.Carry.Properties.DesiredState")]
    [InlineData("DesiredState: RUNNING", "Enrichment: x", "Resources.Carry.Properties.Enrichment")]
    [InlineData("pipes.amazonaws.com", "events.amazonaws.com", "Resources.Carry.Properties.RoleArn")]
    [InlineData("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "Resources.Carry.Properties.RoleArn")]
    public void What_aws_would_refuse_or_is_not_imitated_is_refused(string text, string other, string place)
    {
        var at = Yaml.LastIndexOf(text, StringComparison.Ordinal);
        var error = Assert.Throws<TemplateException>(() => Deploy(Yaml[..at] + other + Yaml[(at + text.Length)..]));

        Assert.StartsWith(place + ":", error.Message, StringComparison.Ordinal);
    }

    private Stack Deploy(string yaml) => Template.Read(yaml, ".").Deploy(cloud, "hello", new Dictionary<string, string>());
}
