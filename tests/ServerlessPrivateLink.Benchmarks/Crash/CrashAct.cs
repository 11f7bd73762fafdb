using System.Collections.Immutable;

namespace ServerlessPrivateLink.Benchmarks.Crash;

/// <summary>What a run is for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Before">The document that was provisioned before; null: nothing was.</param>
/// <param name="IsUsed">Whether a consumer is connected.</param>
/// <param name="Machine">Which state machine runs.</param>
/// <param name="Input">Its input.</param>
/// <param name="FailsAt">The function that may do nothing, so that the run fails and takes away what it made; null: it succeeds.</param>
internal sealed record CrashAct(string Name, string? Before, bool IsUsed, string Machine, string Input, string? FailsAt = null)
{
    public const string Consumer = "133737826969";

    private const string First = $$"""
        { "name": "orders", "databases": [{ "instance": "orders-prod" }, { "cluster": "ledger", "endpoint": "writer", "listenerPort": 5433 }, { "instance": "reporting", "listenerPort": 5435 }],
          "consumers": ["{{Consumer}}", { "principal": "210987654321", "accept": "ask" }] }
        """;

    // A database moves to a new port and another takes the one that it leaves, one goes and one comes, a consumer goes and one comes, a rule changes,
    // a Region opens, and other ingress rules replace the old.
    private const string Second = $$"""
        { "name": "orders", "databases": [{ "instance": "orders-prod", "listenerPort": 6432 }, { "cluster": "ledger", "endpoint": "writer", "listenerPort": 5432 }, { "cluster": "ledger", "endpoint": "reader", "listenerPort": 5434 }],
          "consumers": [{ "principal": "{{Consumer}}", "maxConnections": 2, "regions": ["eu-west-1"] }, "444455556666"], "ingress": "subnetCidrs" }
        """;

    // Ports pass to a database that stood before and to one that is new, one moves to a new port, and other ingress rules come beside the old.
    // Consumers stay as they were, because what a failed run changed of those stays.
    private const string Third = $$"""
        { "name": "orders", "databases": [{ "instance": "orders-prod", "listenerPort": 6432 }, { "cluster": "ledger", "endpoint": "writer", "listenerPort": 5432 }, { "cluster": "ledger", "endpoint": "reader", "listenerPort": 5433 }],
          "consumers": ["{{Consumer}}", { "principal": "210987654321", "accept": "ask" }], "ingress": "subnetCidrs", {{Undone}} }
        """;

    private const string Undone = "\"onFailure\": \"release\"";

    // The last step before all that is new serves: everything has been made.
    private const string LastStep = "CheckTargets";

    public static ImmutableArray<CrashAct> All { get; } =
    [
        new("provisioning", null, IsUsed: false, "Provision", First),
        new("change", First, IsUsed: true, "Provision", Second),
        new("release", First, IsUsed: true, "Release", """{ "name": "orders", "force": true }"""),
        new("failure", null, IsUsed: false, "Provision", $"{First.TrimEnd()[..^1]}, {Undone} }}", LastStep),
        new("failed-change", First, IsUsed: true, "Provision", Third, LastStep),
    ];
}
