using System.Collections.Immutable;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink.Tests.TargetSync;

/// <summary>Target groups as their tags describe them.</summary>
internal static class Groups
{
    public const string Arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/pl-orders-12345678/0123456789abcdef";

    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static SyncedGroup Of(string database, string? host = null, string arn = Arn) => new(arn, "orders", database, host, 5432, [], null, null, null, false, null);

    public static SyncedGroup SeenAt(this SyncedGroup group, string addresses, DateTimeOffset since) => group with { Seen = new(addresses, since) };

    public static SyncedGroup ToldThat(this SyncedGroup group, SyncMood mood, SyncRule? rule = null) => group with { Told = new(mood, rule, group.Seen?.Fingerprint ?? "", Noon) };

    public static ImmutableDictionary<string, string> Tags(params (string Key, string Value)[] more) => ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create(ResourceTags.Stack, "prod"),
            KeyValuePair.Create(ResourceTags.Link, "orders"),
            KeyValuePair.Create(ResourceTags.Database, "orders-prod"),
            KeyValuePair.Create(ResourceTags.Host, "orders-prod.abc.eu-central-1.rds.amazonaws.com"),
            KeyValuePair.Create(ResourceTags.Port, "5432"),
        ]).SetItems(more.Select(static one => KeyValuePair.Create(one.Key, one.Value)));
}
