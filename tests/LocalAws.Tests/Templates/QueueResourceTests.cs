using LocalAws.Access;
using LocalAws.Templates;
using LocalAws.Tests.Sqs;
using Xunit;

namespace LocalAws.Tests.Templates;

public sealed class QueueResourceTests
{
    private const string Yaml = """
        Resources:
          Dead:
            Type: AWS::SQS::Queue
          Work:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: work
              VisibilityTimeout: 90
              RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5 }
          Who:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Work]
              PolicyDocument:
                Version: '2012-10-17'
                Statement:
                  Effect: Allow
                  Principal: { Service: sns.amazonaws.com }
                  Action: sqs:SendMessage
                  Resource: !GetAtt Work.Arn
                  Condition: { ArnEquals: { aws:SourceArn: 'arn:aws:sns:eu-central-1:111122223333:news' } }
        Outputs:
          Url: { Value: !GetAtt Work.QueueUrl }
        """;

    private readonly Cloud cloud = new(CloudOptions.Default);

    [Fact]
    public void A_queue_is_made_with_its_dead_letters_and_its_policy()
    {
        var stack = Deploy(Yaml);

        Assert.Equal(SqsWorld.Url("work"), stack.Outputs["Url"]);
        Assert.Matches("^hello-Dead-[0-9A-Za-z]{12}$", stack.Queues["Dead"].Name);
        var attributes = cloud.Sqs.Find(SqsWorld.Arn("work"))!.Attributes;
        Assert.Equal((stack.Queues["Dead"].Arn, 5), (attributes.Redrive!.DeadLetterTargetArn, attributes.Redrive.MaxReceiveCount));
        Assert.Equal("90", attributes.Given["VisibilityTimeout"]);
    }

    [Fact]
    public void Its_policy_decides_which_service_may_send_for_whom()
    {
        Deploy(Yaml);
        void Send(string topic) => cloud.Sqs.SendAs("sns.amazonaws.com", "arn:aws:sns:eu-central-1:111122223333:" + topic, SqsWorld.Arn("work"), "text", LocalAws.Sqs.MessageAttributes.None);

        Assert.Throws<AccessDeniedException>(() => Send("other"));
        Send("news");

        Assert.Equal("text", Assert.Single(cloud.Sqs.Messages(SqsWorld.Arn("work"))).Body);
    }

    [Theory]
    [InlineData("VisibilityTimeout: 90", "VisibilityTimeout: 43201", "Resources.Work.Properties")]
    [InlineData("VisibilityTimeout: 90", "Colour: red", "Resources.Work.Properties.Colour")]
    [InlineData("[!Ref Work]", "[!GetAtt Work.Arn]", "Resources.Who.Properties.Queues")]
    public void What_sqs_would_refuse_is_refused(string text, string other, string place)
    {
        var error = Assert.Throws<TemplateException>(() => Deploy(Yaml.Replace(text, other, StringComparison.Ordinal)));

        Assert.StartsWith(place + ":", error.Message, StringComparison.Ordinal);
    }

    private Stack Deploy(string yaml) => Template.Read(yaml, ".").Deploy(cloud, "hello", new Dictionary<string, string>());
}
