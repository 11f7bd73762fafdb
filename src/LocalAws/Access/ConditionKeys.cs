using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>The condition context of one request: key to values. Keys compare without case, as in IAM; tag keys in them too.</summary>
/// <param name="Values">The keys that are present; a key that is absent is what <c>Null</c> asks for.</param>
public sealed record ConditionKeys(ImmutableDictionary<string, ImmutableArray<string>> Values)
{
    /// <summary>No keys.</summary>
    public static readonly ConditionKeys None = new(ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase));

    /// <summary>With a key added, such as <c>ec2:CreateAction</c>; no values leave the key absent.</summary>
    public ConditionKeys With(string key, params IEnumerable<string?> values)
    {
        var present = values.OfType<string>().ToImmutableArray();
        return present.IsEmpty ? this : new(Values.SetItem(key, present));
    }

    /// <summary>With <c>aws:RequestTag/…</c> and <c>aws:TagKeys</c> of tags in the request; nothing when there are none.</summary>
    public ConditionKeys RequestTags(Tags tags) => !tags.Any
        ? this
        : tags.Values.Aggregate(With("aws:TagKeys", tags.Values.Keys), (keys, tag) => keys.With("aws:RequestTag/" + tag.Key, tag.Value));

    /// <summary>With <c>aws:ResourceTag/…</c> and <c>service:ResourceTag/…</c> of the resource's tags.</summary>
    /// <param name="tags">The tags that the resource has now.</param>
    /// <param name="service">The service's own prefix, such as <c>ec2</c>.</param>
    public ConditionKeys ResourceTags(Tags tags, string service) => tags.Values.Aggregate(this, (keys, tag) => keys
        .With("aws:ResourceTag/" + tag.Key, tag.Value)
        .With($"{service}:ResourceTag/{tag.Key}", tag.Value));

    /// <summary>Both together; the other's values win.</summary>
    public ConditionKeys And(ConditionKeys other) => new(Values.SetItems(other.Values));
}
