using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>One AWS CLI command.</summary>
/// <param name="Name">What later commands call its output.</param>
/// <param name="Line">The command without <c>aws</c>; single quotes hold an argument together.</param>
/// <param name="Environment">Other variables than the operator's; null: those.</param>
internal sealed record AwsCommand(string Name, string Line, Dictionary<string, string>? Environment = null);

/// <summary>What a command came to.</summary>
internal sealed record AwsRan(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string[] Texts => [.. Json.EnumerateArray().Select(element => element.GetString()!)];
}

/// <summary>The AWS CLI, where it is installed.</summary>
internal static class AwsCli
{
    private static readonly Lazy<Task<string?>> Missing = new(FindWhatIsMissingAsync);

    public static async Task NeedAsync() => Skip.If(await Missing.Value is not null, await Missing.Value);

    public static async Task<Dictionary<string, AwsRan>> RunAsync(Served served, params IEnumerable<AwsCommand> commands)
    {
        var input = new JsonArray([.. commands.Select(command => new JsonObject
        {
            ["name"] = command.Name,
            ["arguments"] = new JsonArray([.. Arguments($"--endpoint-url {served.Endpoint} {command.Line}")]),
            ["environment"] = new JsonObject((command.Environment ?? served.Operator).Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))),
        })]);
        using var file = new TemporaryFile(input.ToJsonString());
        var ran = await Command.Run("bash", ["-c", $"exec python3 '{Repository.At("tests/ServerlessPrivateLink.Tests/Cli/aws_cli.py")}' < '{file.Path}'"], Repository.Root, Quiet);
        Assert.True(ran.Code == 0, ran.Errors);
        return JsonDocument.Parse(ran.Output).RootElement.EnumerateObject().ToDictionary(
            one => one.Name,
            one => new AwsRan(one.Value.GetProperty("code").GetInt32(), one.Value.GetProperty("output").GetString()!, one.Value.GetProperty("error").GetString()!),
            StringComparer.Ordinal);
    }

    /// <summary>What somebody types into a shell.</summary>
    public static Task<Ran> TypeAsync(string script) => Command.Run("bash", ["-c", script], Repository.Root, Quiet);

    /// <summary>Nothing of the person's own settings.</summary>
    private static Dictionary<string, string> Quiet { get; } = new(StringComparer.Ordinal)
    {
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_MAX_ATTEMPTS"] = "1",
    };

    private static IEnumerable<JsonNode> Arguments(string line) => line.Split('\'')
        .SelectMany((part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(argument => (JsonNode)JsonValue.Create(argument));

    private static async Task<string?> FindWhatIsMissingAsync()
    {
        try
        {
            return (await TypeAsync("aws --version && python3 -c 'import awscli'")).Code == 0 ? null : "the AWS CLI, version 1, is not on the PATH with its python3";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "bash is not on the PATH";
        }
    }
}
