using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>An event of RDS, read as tolerantly as its senders write: a field that is missing or unknown is no reason to miss a failover.</summary>
/// <param name="Databases">Names under which links may know what it speaks of; empty: it does not say which database.</param>
/// <param name="Subject">What it speaks of, for people and names.</param>
/// <param name="EventId">Such as <c>RDS-EVENT-0049</c>; empty: it has none.</param>
/// <param name="Id">The event's own id.</param>
/// <param name="At">When it happened; null: it does not say.</param>
public sealed record DatabaseEvent(ImmutableArray<string> Databases, string Subject, string EventId, string Id, DateTimeOffset? At)
{
    /// <summary>Null: it is no event of a database.</summary>
    public static DatabaseEvent? Read(JsonElement root)
    {
        if (Text(root, "source") != "aws.rds") return null;
        var detail = root.TryGetProperty("detail", out var found) && found.ValueKind is JsonValueKind.Object ? found : default;
        var arn = Text(detail, "SourceArn") is { Length: > 0 } source ? source : Resource(root);
        var (kind, name) = arn.Split(':', 7) is [_, _, "rds", _, _, var ofArn, var named] ? (ofArn, named) : (Kind(Text(detail, "SourceType"), Text(root, "detail-type")), Name(Text(detail, "SourceIdentifier")));
        name = name.ToLowerInvariant();
        ImmutableArray<string>? databases = kind switch
        {
            "db" when name.Length > 0 => [name],
            "cluster" when name.Length > 0 => [$"{name}/writer", $"{name}/reader"],
            // It names itself, and not the databases that change places.
            "deployment" => [],
            _ => null,
        };
        return databases is { } some ? new(some, name, Text(detail, "EventID"), Text(root, "id"), Time(Text(detail, "Date")) ?? Time(Text(root, "time"))) : null;
    }

    private static string Kind(string sourceType, string detailType) => (sourceType, detailType) switch
    {
        ("DB_INSTANCE", _) or (_, "RDS DB Instance Event") => "db",
        ("CLUSTER", _) or (_, "RDS DB Cluster Event") => "cluster",
        ("BLUE_GREEN_DEPLOYMENT", _) or (_, "RDS Blue Green Deployment Event") => "deployment",
        _ => "",
    };

    // The documentation's own sample carries a prefix that real events lack.
    private static string Name(string identifier) => identifier.StartsWith("rds:", StringComparison.Ordinal) ? identifier["rds:".Length..] : identifier;

    private static string Resource(JsonElement root) =>
        root.TryGetProperty("resources", out var resources) && resources.ValueKind is JsonValueKind.Array && resources.GetArrayLength() > 0 && resources[0].ValueKind is JsonValueKind.String
            ? resources[0].GetString()!
            : "";

    private static string Text(JsonElement from, string name) =>
        from.ValueKind is JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
