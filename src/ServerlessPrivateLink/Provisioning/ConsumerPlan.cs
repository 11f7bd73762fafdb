using System.Collections.Immutable;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning;

public sealed record FoundPermission(string Principal, string PermissionId, ImmutableDictionary<string, string> Tags)
{
    /// <summary>The account in the principal's ARN.</summary>
    public string AccountId => Principal.Split(':') is [_, _, _, _, var account, ..] ? account : "";
}

/// <summary>What to do about an endpoint service's allowed principals.</summary>
/// <param name="Allow">Consumers that are new.</param>
/// <param name="Tag">Permission id and the tags that differ from the rule.</param>
/// <param name="Remove">Principals that the document no longer names.</param>
/// <param name="CutOff">Accounts of which no principal is left: their connections end.</param>
public sealed record ConsumerPlan(
    ImmutableArray<Consumer> Allow,
    ImmutableArray<KeyValuePair<string, ImmutableSortedDictionary<string, string>>> Tag,
    ImmutableArray<string> Remove,
    ImmutableArray<string> CutOff)
{
    public static ConsumerPlan Between(Owner owner, ImmutableArray<Consumer> wanted, ImmutableArray<FoundPermission> found)
    {
        var remove = found.Where(permission => !wanted.Any(consumer => consumer.Principal == permission.Principal)).ToImmutableArray();
        return new(
            [.. wanted.Where(consumer => !found.Any(permission => permission.Principal == consumer.Principal)).DistinctBy(static consumer => consumer.Principal, StringComparer.Ordinal)],
            [.. from permission in found
                let consumer = wanted.FirstOrDefault(consumer => consumer.Principal == permission.Principal)
                where consumer is not null
                let tags = Differing(AllTags(owner, consumer.Rule), permission.Tags)
                where !tags.IsEmpty
                select KeyValuePair.Create(permission.PermissionId, tags)],
            [.. remove.Select(static permission => permission.Principal)],
            [.. remove.Select(static permission => permission.AccountId).Except(wanted.Select(static consumer => consumer.AccountId), StringComparer.Ordinal)]);
    }

    public static ImmutableSortedDictionary<string, string> AllTags(Owner owner, AcceptanceRule rule) => owner.Tags([.. RuleTags.Of(rule)]);

    public static ImmutableArray<Connection> ToReject(ImmutableArray<string> accounts, IEnumerable<Connection> connections) =>
        [.. connections.Where(connection => accounts.Contains(connection.Owner, StringComparer.Ordinal) && connection.IsLive)];

    private static ImmutableSortedDictionary<string, string> Differing(
        ImmutableSortedDictionary<string, string> wanted,
        ImmutableDictionary<string, string> found) =>
        wanted.RemoveRange(wanted.Where(tag => found.GetValueOrDefault(tag.Key) == tag.Value).Select(static tag => tag.Key));
}

public sealed class ConnectionsNotRejectedException(string endpointId, string answer)
    : RefusedException(
        $"The endpoint {endpointId} of a consumer that the document no longer names could not be rejected: {answer}",
        "Start the execution again with the same document; the consumer keeps its permission until its endpoints are rejected.");

public sealed class ConsumerNotFoundException(string principal)
    : RefusedException(
        $"EC2 does not take the consumer {principal}: no such account, role or user exists.",
        $"Ask the consumer {principal} for its account id, or for the exact ARN of the role or user, correct \"consumers\", then start the execution again; what exists is kept.");
