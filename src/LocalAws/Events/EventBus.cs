using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.States;

namespace LocalAws.Events;

/// <summary>
/// The default event bus: what happened, and the rules that look at it. An event reaches its targets some moments later
/// (Amazon EventBridge User Guide, "Amazon EventBridge event bus concepts": about half a second).
/// </summary>
public sealed class EventBus
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Latest = TimeSpan.FromMilliseconds(900);

    private readonly OrderedDictionary<string, RuleSettings> rules = new(StringComparer.Ordinal);
    private readonly List<JsonObject> events = [];
    private readonly Cloud cloud;
    private readonly Chance chance;
    private readonly Delivery delivery;

    internal EventBus(Cloud cloud)
    {
        this.cloud = cloud;
        chance = cloud.Chance.Apart("events");
        delivery = new(cloud, chance);
    }

    /// <summary>All events, in the order in which they came.</summary>
    public IReadOnlyList<JsonObject> Events => events;

    /// <summary>The rules, oldest first.</summary>
    public IReadOnlyCollection<RuleSettings> Rules => rules.Values;

    /// <summary>Adds a rule, or puts it in the place of the one of that name.</summary>
    public void Add(RuleSettings rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rules[rule.Name] = rule;
    }

    /// <summary>Deletes a rule.</summary>
    internal void Remove(string name) => rules.Remove(name);

    /// <summary>Something happened: the rules that take it send it to their targets.</summary>
    /// <param name="source">Who says so, such as <c>aws.rds</c>.</param>
    /// <param name="detailType">What sort of thing happened.</param>
    /// <param name="at">When.</param>
    /// <param name="detail">What.</param>
    /// <param name="resources">The ARNs of what it happened to.</param>
    /// <returns>The event's id.</returns>
    public string Put(string source, string detailType, DateTimeOffset at, JsonObject detail, params IEnumerable<string> resources)
    {
        var happened = Describe(source, detailType, at, detail, resources);
        Put(happened);
        return happened["id"]!.GetValue<string>();
    }

    /// <summary>Somebody puts an event of their own on the bus: its id, or why it is refused.</summary>
    internal (string? Id, (string Code, string Message)? Refusal) Put(EventEntry entry) => entry.Refusal(out var detail) is { } refusal
        ? (null, refusal)
        : (Put(entry.Source!, entry.DetailType!, entry.Time ?? cloud.Time.GetUtcNow(), detail!, entry.Resources), null);

    /// <summary>An event as it travels, with an id of its own.</summary>
    internal JsonObject Describe(string source, string detailType, DateTimeOffset at, JsonObject detail, params IEnumerable<string> resources) => new()
    {
        ["version"] = "0",
        ["id"] = chance.Uuid(),
        ["detail-type"] = detailType,
        ["source"] = source,
        ["account"] = cloud.Options.AccountId,
        ["time"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["region"] = cloud.Options.Region,
        ["resources"] = new JsonArray([.. resources.Select(arn => JsonValue.Create(arn))]),
        ["detail"] = detail,
    };

    /// <summary>An event comes, whole as it is; the same one may come again.</summary>
    public void Put(JsonObject happened)
    {
        // A rule sees numbers and texts as they travel, not as they were made.
        var seen = (JsonObject)Json.Read(Json.Bytes(happened))!;
        events.Add(seen);
        foreach (var rule in rules.Values.Where(rule => rule.Enabled && rule.Reads.Takes(seen)).ToList())
        {
            foreach (var target in rule.Targets)
                _ = delivery.DeliverAsync(rule, target, seen, chance.Between(Soonest, Latest));
        }
    }

    internal RuleSettings? Find(string name) => rules.GetValueOrDefault(name);
}
