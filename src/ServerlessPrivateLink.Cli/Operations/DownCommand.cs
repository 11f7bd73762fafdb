using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary><c>privatelink down</c>: takes a link down, from whatever state it is in.</summary>
internal static class DownCommand
{
    public const string Machine = "Release";

    /// <param name="session">The stack.</param>
    /// <param name="link">The link's name.</param>
    /// <param name="force">Whether its connections are rejected for it.</param>
    /// <param name="detach">Whether to leave when it has started.</param>
    /// <param name="json">One JSON document and nothing else.</param>
    /// <param name="screen">Where it is told.</param>
    /// <param name="clock">Time between looks.</param>
    /// <param name="stop">Ends the looking, not the execution.</param>
    public static Task<int> RunAsync(StackSession session, string link, bool force, bool detach, bool json, Screen screen, TimeProvider clock, CancellationToken stop)
    {
        var input = new JsonObject { ["name"] = link, ["force"] = force }.ToJsonString();
        return new MachineRun(session, screen, clock).RunAsync(new(Machine, link, input, $"privatelink down {link}{(force ? " --force" : "")}", detach, json), Read, stop);
    }

    private static RunReport Read(RunReport report, string output)
    {
        using var said = JsonDocument.Parse(output);
        return report with { Removed = said.RootElement.GetProperty("Removed").GetArrayLength() };
    }
}
