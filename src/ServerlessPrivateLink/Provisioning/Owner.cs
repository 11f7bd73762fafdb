using System.Collections.Immutable;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>Whose a resource is, by its tags.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Link">The link.</param>
/// <param name="MadeBy">The mark of one execution; empty: whichever made it.</param>
public sealed record Owner(string Stack, string Link, string MadeBy = "")
{
    public bool Owns(IReadOnlyDictionary<string, string> tags) =>
        tags.GetValueOrDefault(ResourceTags.Stack) == Stack && tags.GetValueOrDefault(ResourceTags.Link) == Link
        && (MadeBy.Length == 0 || tags.GetValueOrDefault(ResourceTags.MadeBy) == MadeBy);

    public ImmutableSortedDictionary<string, string> Tags(params ReadOnlySpan<(string Key, string Value)> more)
    {
        var tags = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        tags[ResourceTags.Stack] = Stack;
        tags[ResourceTags.Link] = Link;
        foreach (var (key, value) in more) tags[key] = value;
        return tags.ToImmutable();
    }
}
