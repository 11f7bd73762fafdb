using System.Text.Json;
using ServerlessPrivateLink.Tests.House;

namespace ServerlessPrivateLink.Tests.Deployment;

/// <summary>A state of a definition, at whatever depth.</summary>
internal sealed record State(string Name, string Type, JsonElement Body);

internal static class StateMachineFile
{
    public static JsonElement Provision { get; } = Read("provision");

    public static JsonElement Release { get; } = Read("release");

    public static JsonElement FollowFailover { get; } = Read("follow-failover");

    public static JsonElement WatchNames { get; } = Read("watch-names");

    /// <summary>Every definition, by the logical id of its state machine.</summary>
    public static IReadOnlyDictionary<string, JsonElement> All { get; } =
        new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["Provision"] = Provision, ["Release"] = Release, ["FollowFailover"] = FollowFailover, ["WatchNames"] = WatchNames };

    public static IEnumerable<State> States(JsonElement machine)
    {
        foreach (var state in machine.GetProperty("States").EnumerateObject())
        {
            yield return new(state.Name, state.Value.GetProperty("Type").GetString()!, state.Value);
            if (!state.Value.TryGetProperty("Branches", out var branches)) continue;
            foreach (var inner in branches.EnumerateArray().SelectMany(States)) yield return inner;
        }
    }

    public static IEnumerable<State> Tasks(JsonElement machine) => States(machine).Where(static state => state.Type == "Task");

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Repository.At($"statemachine/{name}.asl.json"))).RootElement;
}
