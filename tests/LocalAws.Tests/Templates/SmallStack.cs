using System.Collections.Immutable;
using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Templates;

/// <summary>A small template with one of each kind of thing, and the folder that it stands in.</summary>
internal sealed class SmallStack : IDisposable
{
    public const string Yaml = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Description: A function that greets, a machine that calls it, a topic that hears of it.
        Parameters:
          VpcId:
            Type: AWS::EC2::VPC::Id
          SubnetIds:
            Type: List<AWS::EC2::Subnet::Id>
          Email:
            Type: String
            Default: ''
            AllowedPattern: ^$|^[^@]+@[^@]+$
          Architecture:
            Type: String
            Default: arm64
            AllowedValues: [arm64, x86_64]
          Seconds:
            Type: Number
            Default: 30
            MinValue: 3
            MaxValue: 60
        Mappings:
          Size:
            arm64: { Memory: 256 }
            x86_64: { Memory: 512 }
        Conditions:
          HasEmail: !Not [!Equals [!Ref Email, '']]
        Globals:
          Function:
            Runtime: dotnet10
            CodeUri: .
            Timeout: !Ref Seconds
            MemorySize: !FindInMap [Size, !Ref Architecture, Memory]
            Architectures: [!Ref Architecture]
            Tracing: Active
            Environment:
              Variables:
                STACK: !Ref AWS::StackName
                WHO: nobody
        Resources:
          Greet:
            Type: AWS::Serverless::Function
            Metadata: { DockerTag: none }
            Properties:
              Handler: Greetings::Greetings.Greet_Handle_Generated::Handle
              Environment:
                Variables:
                  WHO: world
                  TOPIC: !Ref News
              Policies:
                - Version: '2012-10-17'
                  Statement:
                    - Sid: Publish
                      Effect: Allow
                      Action: sns:Publish
                      Resource: !Ref News
                    - Sid: UseKey
                      Effect: Allow
                      Action: [kms:GenerateDataKey*, kms:Decrypt]
                      Resource: !GetAtt Key.Arn
          Look:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Greetings::Greetings.Look_Handle_Generated::Handle
              VpcConfig:
                SubnetIds: !Ref SubnetIds
                SecurityGroupIds: [!GetAtt Wall.GroupId]
          Welcome:
            Type: AWS::Serverless::StateMachine
            Properties:
              DefinitionUri: welcome.asl.json
              DefinitionSubstitutions:
                GreetArn: !GetAtt Greet.Arn
                LookArn: !GetAtt Look.Arn
              Logging:
                Level: ERROR
                Destinations:
                  - CloudWatchLogsLogGroup: { LogGroupArn: !GetAtt Log.Arn }
              Tracing: { Enabled: true }
              Policies:
                - Version: '2012-10-17'
                  Statement:
                    - Effect: Allow
                      Action: lambda:InvokeFunction
                      Resource: [!GetAtt Greet.Arn, !GetAtt Look.Arn]
                    - Effect: Allow
                      Action:
                        - logs:CreateLogDelivery
                        - logs:GetLogDelivery
                        - logs:UpdateLogDelivery
                        - logs:DeleteLogDelivery
                        - logs:ListLogDeliveries
                        - logs:PutResourcePolicy
                        - logs:DescribeResourcePolicies
                        - logs:DescribeLogGroups
                      Resource: '*'
          Log:
            Type: AWS::Logs::LogGroup
            DeletionPolicy: Delete
            Properties:
              LogGroupName: !Sub /aws/vendedlogs/states/${AWS::StackName}
              RetentionInDays: 30
          Wall:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: Lets the function look around
              VpcId: !Ref VpcId
              SecurityGroupEgress:
                - { IpProtocol: udp, FromPort: 53, ToPort: 53, CidrIp: 0.0.0.0/0 }
          Key:
            Type: AWS::KMS::Key
            Properties:
              EnableKeyRotation: true
              KeyPolicy:
                Version: '2012-10-17'
                Statement:
                  - Sid: Account
                    Effect: Allow
                    Principal: { AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }
                    Action: kms:*
                    Resource: '*'
                  - Sid: EndpointEvents
                    Effect: Allow
                    Principal: { Service: vpce.amazonaws.com }
                    Action: [kms:GenerateDataKey*, kms:Decrypt]
                    Resource: '*'
                    Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } }
          KeyName:
            Type: AWS::KMS::Alias
            Properties:
              AliasName: !Sub alias/${AWS::StackName}
              TargetKeyId: !Ref Key
          News:
            Type: AWS::SNS::Topic
            Properties:
              KmsMasterKeyId: !Ref Key
          NewsPolicy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [!Ref News]
              PolicyDocument:
                Version: '2012-10-17'
                Statement:
                  - Effect: Allow
                    Principal: { Service: vpce.amazonaws.com }
                    Action: sns:Publish
                    Resource: !Ref News
                    Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } }
          Letters:
            Type: AWS::SNS::Subscription
            Condition: HasEmail
            Properties:
              TopicArn: !Ref News
              Protocol: email
              Endpoint: !Ref Email
        Outputs:
          Machine:
            Description: The machine
            Value: !Ref Welcome
          Reader:
            Condition: HasEmail
            Value: !Join ['', ['mailto:', !Ref Email]]
        """;

    public static readonly ImmutableDictionary<string, string> Parameters = ImmutableDictionary<string, string>.Empty
        .Add("VpcId", "vpc-0123456789abcdef0")
        .Add("SubnetIds", "subnet-0123456789abcdef0,subnet-0123456789abcdef1");

    private const string Definition = """{"StartAt":"Greet","States":{"Greet":{"Type":"Task","Resource":"${GreetArn}","Next":"Look"},"Look":{"Type":"Task","Resource":"${LookArn}","End":true}}}""";

    public SmallStack() => File.WriteAllText(Path.Combine(Folder, "welcome.asl.json"), Definition);

    public string Folder { get; } = Directory.CreateTempSubdirectory("template-").FullName;

    public Cloud Cloud { get; } = new(CloudOptions.Default);

    public Stack Deploy(params (string Name, string Value)[] more) => Deploy(Yaml, more);

    public Stack Deploy(string yaml, params (string Name, string Value)[] more) =>
        Template.Read(yaml, Folder).Deploy(Cloud, "hello", Parameters.SetItems(more.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))));

    /// <summary>The small template with one text in it replaced by another.</summary>
    public static string With(string text, string other)
    {
        Assert.Contains(text, Yaml, StringComparison.Ordinal);
        return Yaml.Replace(text, other, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
