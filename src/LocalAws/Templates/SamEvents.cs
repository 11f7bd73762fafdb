using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>The resources that SAM makes of a function's or state machine's <c>Events</c>, by the logical ids that it gives them (AWS SAM Developer Guide, "Generated AWS CloudFormation resources").</summary>
internal static class SamEvents
{
    /// <summary>Whose event a logical id means: its rule, subscription or schedule, or the permission or role that this needs; null: nobody's.</summary>
    public static string? OwnerOf(Template template, string id) =>
        template.Resources.FirstOrDefault(resource => IdsOf(resource.Key, resource.Value!).Contains(id, StringComparer.Ordinal)).Key;

    private static IEnumerable<string> IdsOf(string owner, JsonNode resource) => resource["Type"]?.ToString() is ServerlessFunction.Type or ServerlessStateMachine.Type
        ? (resource["Properties"]?["Events"] as JsonObject ?? []).SelectMany(one => new[] { owner + one.Key, owner + one.Key + Second(resource, one.Value) })
        : [];

    // A schedule, and a rule that starts a state machine, call as a role; a function lets a rule or a topic invoke it.
    private static string Second(JsonNode owner, JsonNode? one) =>
        one?["Type"]?.ToString() is "ScheduleV2" || owner["Type"]!.ToString() is ServerlessStateMachine.Type ? "Role" : "Permission";
}
