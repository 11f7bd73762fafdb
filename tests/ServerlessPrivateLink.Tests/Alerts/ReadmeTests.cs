using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Tests.Connections;
using ServerlessPrivateLink.Tests.House;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Alerts;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.At("README.md"));

    [Fact]
    public void Every_event_that_is_published_stands_in_the_table_and_no_other() =>
        Assert.Equal(Events().Order(StringComparer.Ordinal), Row().Matches(Readme).Select(static row => row.Groups["event"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_example_has_the_members_of_an_alert()
    {
        var example = Block().Matches(Readme).Select(static block => block.Groups["json"].Value).Single(static json => json.Contains("\"event\"", StringComparison.Ordinal));
        var alert = ConnectionNews.Of(new("vpce-svc-09bbdceabae8e9985", Samples.Us), Requests.Decide(Requests.Auto, Requests.Pending()), Requests.Now)!.Alert;
        var message = AlertMessage.Of(alert, new("prod", "111122223333", "eu-central-1", "aws", AlertFormat.Standard)).Message;
        var document = JsonDocument.Parse(message).RootElement.GetProperty("sqs").GetString()!;

        Assert.Equal(Members(JsonDocument.Parse(document).RootElement), Members(JsonDocument.Parse(example).RootElement));
    }

    private static IEnumerable<string> Events() =>
        from type in typeof(Alert).Assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.IsLiteral && field.FieldType == typeof(string)
        let value = (string)field.GetRawConstantValue()!
        where Event().IsMatch(value)
        select value;

    private static string[] Members(JsonElement element) => element.ValueKind is JsonValueKind.Object
        ? [.. element.EnumerateObject().SelectMany(static member => Members(member.Value).Select(inner => $"{member.Name}.{inner}").Prepend(member.Name))]
        : [];

    [GeneratedRegex("^[a-z]+[.][a-z]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Event();

    [GeneratedRegex("^[|] `(?<event>[a-z]+[.][a-z]+)` [|]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("^```json\n(?<json>.+?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
