using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.States;
using LocalAws.Wire;

namespace LocalAws.Events;

/// <summary>Amazon EventBridge on the wire, API version 2015-10-07: the default bus.</summary>
public sealed class EventsApi(EventBus bus) : ServiceApi
{
    /// <inheritdoc/>
    public override string SigningName => "events";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new JsonProtocol("AWSEvents", "1.1");

    /// <inheritdoc/>
    public override AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("AccessDeniedException", denied.Message);
    }

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("ThrottlingException", "Rate exceeded");

    /// <inheritdoc/>
    public override AwsErrorException Unknown(string operation) =>
        new("UnknownOperationException", $"There is no operation {operation}. Known here: {string.Join(", ", Operations.Keys.Order(StringComparer.Ordinal))}.");

    /// <inheritdoc/>
    public override AwsErrorException UnknownKey() => new("UnrecognizedClientException", "The security token included in the request is invalid.");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        Operation.Writes("PutEvents", PutEvents),
        Operation.Writes("PutRule", PutRule),
        Operation.Writes("PutTargets", PutTargets),
        Operation.Reads("DescribeRule", DescribeRule),
        Operation.Reads("ListRules", ListRules),
        Operation.Reads("ListTargetsByRule", ListTargetsByRule),
    ];

    private Answer PutEvents(ApiCall call)
    {
        var entries = (call.Body["Entries"] as JsonArray ?? []).OfType<JsonObject>().Select(Entry).ToImmutableArray();
        call.Demand(call.Cloud.Arn("events", "event-bus/default"), EventEntry.KeysOf(entries));
        if (entries.Length is 0 or > EventEntry.MostEntries)
            throw Invalid($"Entries must have 1 to {EventEntry.MostEntries} items");
        if (entries.Sum(entry => entry.Size) > EventEntry.LargestRequest)
            throw Invalid("Total size of the entries in the request is over the limit.");
        var answers = entries.Select(bus.Put).ToImmutableArray();
        return Answer.Of(new JsonObject
        {
            ["FailedEntryCount"] = answers.Count(answer => answer.Refusal is not null),
            ["Entries"] = new JsonArray([.. answers.Select(answer => answer.Refusal is { } refusal
                ? new JsonObject { ["ErrorCode"] = refusal.Code, ["ErrorMessage"] = refusal.Message }
                : new JsonObject { ["EventId"] = answer.Id })]),
        });
    }

    private static EventEntry Entry(JsonObject entry) => new(
        Json.String(entry["Source"]),
        Json.String(entry["DetailType"]),
        Json.String(entry["Detail"]),
        [.. (entry["Resources"] as JsonArray ?? []).Select(Json.String).OfType<string>()],
        Json.Number(entry["Time"]) is { } seconds ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null);

    private Answer PutRule(ApiCall call)
    {
        var name = Required(call, "Name");
        var arn = ArnOf(call, name);
        call.Demand(arn);
        var pattern = Json.String(call.Body["EventPattern"]) ?? throw Invalid("Parameter(s) EventPattern must be specified.");
        bus.Add(new(name, arn, pattern, Json.String(call.Body["State"]) is null or "ENABLED", bus.Find(name)?.Targets ?? []));
        return Answer.Of(new JsonObject { ["RuleArn"] = arn });
    }

    private Answer PutTargets(ApiCall call)
    {
        var rule = Rule(call, "Rule");
        var targets = (call.Body["Targets"] as JsonArray ?? []).OfType<JsonObject>().Select(Target).ToImmutableArray();
        bus.Add(rule with { Targets = [.. rule.Targets.Where(old => targets.All(target => target.Id != old.Id)), .. targets] });
        return Answer.Of(new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() });
    }

    private static RuleTarget Target(JsonObject target)
    {
        if (Json.String(target["Id"]) is not { } id || Json.String(target["Arn"]) is not { } arn)
            throw Invalid("A target needs an Id and an Arn.");
        if (target["RoleArn"] is not null)
            throw Invalid("Targets with a role can only come from a template here.");
        var retry = target["RetryPolicy"];
        return new(
            id,
            arn,
            null,
            new(
                Json.String(target["Input"]),
                Json.String(target["InputPath"]),
                (target["InputTransformer"]?["InputPathsMap"] as JsonObject ?? []).ToImmutableDictionary(path => path.Key, path => Json.String(path.Value) ?? "$", StringComparer.Ordinal),
                Json.String(target["InputTransformer"]?["InputTemplate"])),
            new((int?)Json.Number(retry?["MaximumRetryAttempts"]) ?? RetrySettings.Usual.MaximumAttempts, Json.Number(retry?["MaximumEventAgeInSeconds"]) is { } age ? TimeSpan.FromSeconds((double)age) : RetrySettings.Usual.MaximumAge),
            Json.String(target["DeadLetterConfig"]?["Arn"]));
    }

    private Answer DescribeRule(ApiCall call) => Answer.Of(Described(Rule(call, "Name")));

    private Answer ListRules(ApiCall call)
    {
        call.Demand("*");
        var prefix = Json.String(call.Body["NamePrefix"]) ?? "";
        var page = Page.Of(bus.Rules.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal)), (int?)Json.Number(call.Body["Limit"]) ?? 100, Json.String(call.Body["NextToken"]), () => Invalid("The token is invalid."));
        return Answer.Of(Listed("Rules", page.Items.Select(Described), page.Next));
    }

    private Answer ListTargetsByRule(ApiCall call) => Answer.Of(Listed("Targets", Rule(call, "Rule").Targets.Select(Described), null));

    private static JsonObject Listed(string name, IEnumerable<JsonObject> items, string? next)
    {
        var answer = new JsonObject { [name] = new JsonArray([.. items]) };
        if (next is not null)
            answer["NextToken"] = next;
        return answer;
    }

    private static JsonObject Described(RuleSettings rule) => new()
    {
        ["Name"] = rule.Name,
        ["Arn"] = rule.Arn,
        ["EventPattern"] = rule.Pattern,
        ["State"] = rule.Enabled ? "ENABLED" : "DISABLED",
        ["EventBusName"] = "default",
    };

    private static JsonObject Described(RuleTarget target)
    {
        var described = new JsonObject
        {
            ["Id"] = target.Id,
            ["Arn"] = target.Arn,
            ["RetryPolicy"] = new JsonObject { ["MaximumRetryAttempts"] = target.Retry.MaximumAttempts, ["MaximumEventAgeInSeconds"] = (int)target.Retry.MaximumAge.TotalSeconds },
        };
        if (target.DeadLetterArn is { } queue)
            described["DeadLetterConfig"] = new JsonObject { ["Arn"] = queue };
        return described;
    }

    private RuleSettings Rule(ApiCall call, string parameter)
    {
        var name = Required(call, parameter);
        call.Demand(ArnOf(call, name));
        return bus.Find(name) ?? throw new AwsErrorException("ResourceNotFoundException", string.Create(CultureInfo.InvariantCulture, $"Rule {name} does not exist on EventBus default."));
    }

    private static string Required(ApiCall call, string name) => Json.String(call.Body[name]) ?? throw Invalid($"1 validation error detected: Value at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");

    private static string ArnOf(ApiCall call, string name) => call.Cloud.Arn("events", $"rule/{name}");

    private static AwsErrorException Invalid(string problem) => new("ValidationException", problem);
}
