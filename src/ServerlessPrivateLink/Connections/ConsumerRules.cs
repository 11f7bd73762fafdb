using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Connections;

/// <summary>The accounts that a link names, each with its rule; null where the permissions do not say one clearly.</summary>
public sealed class ConsumerRules
{
    private readonly ImmutableDictionary<string, AcceptanceRule?> rules;

    private ConsumerRules(ImmutableDictionary<string, AcceptanceRule?> rules) => this.rules = rules;

    /// <summary>
    /// Who is named comes from EC2's own list of allowed principals; a tag can only qualify it. A permission that does not carry
    /// the link's tags was given by somebody else, and names nobody.
    /// </summary>
    public static ConsumerRules Of(Owner link, ImmutableArray<FoundPermission> permissions) => new(
        permissions
            .Where(permission => permission.AccountId.Length > 0 && link.Owns(permission.Tags))
            .GroupBy(static permission => permission.AccountId, StringComparer.Ordinal)
            .ToImmutableDictionary(static account => account.Key, static account => Agreed([.. account.Select(static permission => RuleTags.Read(permission.Tags))]), StringComparer.Ordinal));

    public bool Names(string account) => rules.ContainsKey(account);

    /// <summary>Null for an account that is not named, and for one whose rule is not clear.</summary>
    public AcceptanceRule? For(string account) => rules.GetValueOrDefault(account);

    // A provisioning run changes the permissions of an account one after another; until they agree, none of them counts.
    private static AcceptanceRule? Agreed(ImmutableArray<AcceptanceRule?> found) =>
        found[0] is { } first && found.All(other => other is not null && RuleTags.Of(other).SequenceEqual(RuleTags.Of(first))) ? first : null;
}
