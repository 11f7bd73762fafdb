using System.Text.Json.Nodes;
using LocalAws.Parameters;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>Botocore agrees with every answer of the Parameter Store.</summary>
public sealed class ParametersBotocoreTests
{
    private readonly Cloud cloud = new(CloudOptions.Default);
    private readonly RecordedAnswers answers;

    public ParametersBotocoreTests() => answers = new(cloud);

    [SkippableFact]
    public void Botocore_understands_every_answer()
    {
        Python.Need();
        Call("PutParameter", new() { ["Name"] = "/own/one", ["Value"] = "1", ["Type"] = "SecureString" });
        Call("PutParameter", new() { ["Name"] = "/own/one", ["Value"] = "2" });
        Call("PutParameter", new() { ["Name"] = "/aws/one", ["Value"] = "2" });
        var found = Call("GetParameter", new() { ["Name"] = "/own/one", ["WithDecryption"] = true });
        Call("GetParameter", new() { ["Name"] = "/own/none" });
        Call("GetParametersByPath", new() { ["Path"] = "/own" });
        Call("DeleteParameter", new() { ["Name"] = "/own/one" });
        Call("DeleteParameter", new() { ["Name"] = "/own/one" });

        Assert.Equal("1", (string?)found["Parameter"]!["Value"]);
        answers.AreUnderstood(new ParametersApi(cloud.Parameters));
    }

    private JsonNode Call(string operation, JsonObject body) => answers.CallJson("ssm", "AmazonSSM", operation, body);
}
