using System.Text.Json.Nodes;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>A link's document with other consumers, as its owner would edit it. It waits for nobody: who comes is known here.</summary>
internal static class ConsumerEdits
{
    /// <summary>All consumers of an account get this limit.</summary>
    public static string WithLimit(LinkSource source, string account, int most) => Edit(source, (entry, consumer) =>
    {
        if (consumer.AccountId != account)
            return entry;
        var limited = entry as JsonObject ?? new JsonObject { ["principal"] = entry };
        limited["maxConnections"] = most;
        return limited;
    });

    /// <summary>An account is taken out, for which another comes in, since a document without consumers is none.</summary>
    public static string Without(LinkSource source, string account, string substitute) =>
        Edit(source, (entry, consumer) => consumer.AccountId == account ? null : entry, substitute);

    private static string Edit(LinkSource source, Func<JsonNode, Consumer, JsonNode?> edit, string? substitute = null)
    {
        var document = JsonNode.Parse(source.Document)!.AsObject();
        var entries = document["consumers"]!.AsArray().Select(static entry => entry!.DeepClone()).ToList();
        var edited = entries.Zip(source.Link.Consumers, edit).OfType<JsonNode>().ToList();
        document["consumers"] = edited is [] ? new JsonArray(substitute) : new JsonArray([.. edited]);
        document.Remove("awaitConnection");
        return document.ToJsonString();
    }
}
