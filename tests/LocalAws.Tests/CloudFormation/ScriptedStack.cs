using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.CloudFormation;
using LocalAws.Lambda;
using LocalAws.Templates;

namespace LocalAws.Tests.CloudFormation;

/// <summary>Two custom resources, of which the second needs the first, and a function that answers for both as a test says.</summary>
internal sealed class ScriptedStack : IDisposable
{
    public const string Name = "hello";

    private const string Yaml = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          Word: { Type: String, Default: one }
          Twice: { Type: String, Default: 'yes' }
        Conditions:
          HasSecond: !Equals [!Ref Twice, 'yes']
        Resources:
          Answer:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Any::Any.Answer_Handle_Generated::Handle
              Runtime: dotnet10
              CodeUri: .
              Events:
                Soon:
                  Type: ScheduleV2
                  Properties: { ScheduleExpression: rate(1 minute) }
                Told:
                  Type: EventBridgeRule
                  Properties: { Pattern: { source: [own] } }
          First:
            Type: Custom::Thing
            DependsOn: [AnswerSoon, AnswerToldPermission]
            Properties:
              ServiceToken: !GetAtt Answer.Arn
              ServiceTimeout: 600
              Word: !Ref Word
              Deep: { Flag: true, From: '{{resolve:ssm:/own/word}}' }
          Second:
            Type: AWS::CloudFormation::CustomResource
            Condition: HasSecond
            Properties:
              ServiceToken: !GetAtt Answer.Arn
              Of: !GetAtt First.Greeting
          Third:
            Type: AWS::CloudFormation::CustomResource
            DependsOn: Second
            Properties:
              ServiceToken: !GetAtt Answer.Arn
        Outputs:
          Greeting: { Value: !GetAtt First.Greeting }
          What: { Value: !Ref First }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("custom-").FullName;

    public ScriptedStack()
    {
        Definition = Template.Read(Yaml, folder);
        Cloud.Parameters.Put("/own/word", "String", "stored", overwrite: false);
        Cloud.Lambda.Loader = (_, surroundings) => async (payload, _) =>
        {
            var request = (JsonObject)(await JsonNode.ParseAsync(payload, cancellationToken: CancellationToken.None))!;
            if (Script(request) is { } answer) await PutAsync(surroundings, request, answer);
            return new MemoryStream("{}"u8.ToArray());
        };
    }

    public Template Definition { get; }

    public Cloud Cloud { get; } = new(CloudOptions.Default);

    /// <summary>What the function answers; null: nothing. It says the same as <see cref="Good"/> unless a test says otherwise.</summary>
    public Func<JsonObject, JsonObject?> Script { get; set; } = Good;

    public string? ContentType { get; set; }

    public CloudFormationState Stacks => Cloud.CloudFormation;

    /// <summary>Who was asked what: <c>Create First</c>.</summary>
    public string[] Asked => [.. Stacks.Requests.Select(request => $"{request.Type} {(string?)request.Body["LogicalResourceId"]}")];

    public static JsonObject Good(JsonObject request) => new()
    {
        ["Status"] = "SUCCESS",
        ["PhysicalResourceId"] = (string?)request["ResourceProperties"]!["Word"] ?? "constant",
        ["StackId"] = (string?)request["StackId"],
        ["RequestId"] = (string?)request["RequestId"],
        ["LogicalResourceId"] = (string?)request["LogicalResourceId"],
        ["Data"] = new JsonObject { ["Greeting"] = $"hello {(string?)request["ResourceProperties"]!["Word"]}" },
    };

    public static JsonObject Bad(JsonObject request)
    {
        var answer = Good(request);
        (answer["Status"], answer["Reason"]) = ("FAILED", "because");
        return answer;
    }

    public StackOutcome Create(params (string Name, string Value)[] parameters) => Cloud.Time.Run(() => Stacks.CreateAsync(Definition, Name, Values(parameters)));

    public StackOutcome Update(params (string Name, string Value)[] parameters) => Cloud.Time.Run(() => Stacks.UpdateAsync(Name, Values(parameters)));

    public StackOutcome Delete() => Cloud.Time.Run(() => Stacks.DeleteAsync(Name));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Dictionary<string, string> Values((string Name, string Value)[] parameters) => parameters.ToDictionary(static one => one.Name, static one => one.Value, StringComparer.Ordinal);

    private async Task PutAsync(FunctionSurroundings surroundings, JsonObject request, JsonObject answer)
    {
        using var http = surroundings.Http.CreateHttpClient(null);
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        if (ContentType is { } type) body.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var answered = await http.PutAsync(new Uri((string)request["ResponseURL"]!), body);
        answered.EnsureSuccessStatusCode();
    }
}
