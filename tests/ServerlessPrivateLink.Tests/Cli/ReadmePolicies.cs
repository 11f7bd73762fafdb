using System.Text.Json.Nodes;
using LocalAws.Access;
using ServerlessPrivateLink.Tests.House;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>What the README says that a person must be allowed.</summary>
internal static class ReadmePolicies
{
    private static readonly string Text = File.ReadAllText(Repository.At("README.md"));

    private static readonly JsonNode[] Documents =
        [.. Text.Split("```json").Skip(1).Select(static part => part.Split("```")[0]).Where(static block => block.Contains("\"Version\": \"2012-10-17\"", StringComparison.Ordinal)).Select(static block => JsonNode.Parse(block)!)];

    /// <summary>What the statement of the first policy is called, where it is one of several.</summary>
    public const string Above = "Above";

    /// <summary>Of <c>links</c>, <c>status</c> and <c>connections</c>.</summary>
    public static Policy Looking => Policy.Read("looking", Documents[0]);

    /// <summary>Of another command: the statements that the table names.</summary>
    public static Policy Of(string command)
    {
        var row = Text.Split('\n').Single(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|')[1].Contains($"`{command}`", StringComparison.Ordinal) && line.Split('|').Length == 4 && IsStatements(line.Split('|')[2]));
        var names = row.Split('|')[2].Split(';')[0].Split(',').Select(static name => name.Trim()).ToArray();
        JsonNode?[] statements =
        [
            .. names.Contains("the above", StringComparer.Ordinal) ? [Named(Documents[0]["Statement"]!, Above)] : Array.Empty<JsonNode>(),
            .. names.Where(static name => name != "the above").Select(static name => Documents[1]["Statement"]!.AsArray().Single(one => (string?)one!["Sid"] == name)!.DeepClone()),
        ];
        return Policy.Read(command, new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) });
    }

    private static JsonNode Named(JsonNode statement, string id)
    {
        var named = statement.DeepClone();
        named["Sid"] = id;
        return named;
    }

    private static bool IsStatements(string cell) => cell.Contains("Find", StringComparison.Ordinal) || cell.Contains("the above", StringComparison.Ordinal);
}
