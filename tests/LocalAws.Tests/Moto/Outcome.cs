using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.States.Running;

namespace LocalAws.Tests.Moto;

/// <summary>How an execution ended, as two interpreters can be compared by: members in order of their names, 5.0 as 5.</summary>
internal sealed record Outcome(string Status, string Value)
{
    public static Outcome Succeeded(string output) => new("SUCCEEDED", Canonical(JsonNode.Parse(output)));

    public static Outcome Failed(string? error) => new("FAILED", error ?? "");

    public static Outcome Of(Execution execution) => execution.Status switch
    {
        ExecutionStatus.Succeeded => Succeeded(execution.Output!),
        ExecutionStatus.Failed => Failed(execution.Error),
        var status => new(status.ToString().ToUpperInvariant(), ""),
    };

    private static string Canonical(JsonNode? value) => value switch
    {
        JsonObject members => "{" + string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{JsonSerializer.Serialize(member.Key)}:{Canonical(member.Value)}")) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Canonical)) + "]",
        null => "null",
        _ when value.GetValueKind() is JsonValueKind.Number => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.#############################", CultureInfo.InvariantCulture),
        _ => value.ToJsonString(),
    };
}
