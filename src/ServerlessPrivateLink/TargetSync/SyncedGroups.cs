using System.Collections.Immutable;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.ResourceGroupsTaggingAPI.Model;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>A target group whose tags do not say what a sync needs.</summary>
public sealed record UnreadableGroup(string Arn, string Link, GroupTagsException Why);

/// <summary>What the tags of the stack's target groups say.</summary>
public sealed record FoundGroups(ImmutableArray<SyncedGroup> Readable, ImmutableArray<UnreadableGroup> Unreadable);

/// <summary>Finds the stack's target groups by tag: one call for a hundred of them, and none that counts against Elastic Load Balancing's limits.</summary>
public sealed class SyncedGroups(IAmazonResourceGroupsTaggingAPI tagging, StackSettings settings)
{
    private const int PerPage = 100;

    /// <param name="link">Only this link's; null: every link's.</param>
    /// <param name="databases">Only these databases'; empty: every database's.</param>
    /// <param name="token">Ends it.</param>
    public async Task<FoundGroups> FindAsync(string? link, ImmutableArray<string> databases, CancellationToken token)
    {
        var filters = new List<TagFilter> { Is(ResourceTags.Stack, settings.Stack), Is(ResourceTags.Database, [.. databases]) };
        if (link is not null) filters.Add(Is(ResourceTags.Link, link));
        var found = await Pages.ReadAsync(
            next => tagging.GetResourcesAsync(
                new GetResourcesRequest { TagFilters = filters, ResourceTypeFilters = ["elasticloadbalancing:targetgroup"], ResourcesPerPage = PerPage, PaginationToken = next },
                token),
            static answer => answer.ResourceTagMappingList,
            static answer => answer.PaginationToken);

        var readable = ImmutableArray.CreateBuilder<SyncedGroup>();
        var unreadable = ImmutableArray.CreateBuilder<UnreadableGroup>();
        foreach (var group in found.OrderBy(static group => group.ResourceARN, StringComparer.Ordinal))
        {
            var tags = (group.Tags ?? []).ToImmutableDictionary(static tag => tag.Key, static tag => tag.Value ?? "", StringComparer.Ordinal);
            try
            {
                readable.Add(SyncedGroup.Read(group.ResourceARN, tags));
            }
            catch (GroupTagsException why)
            {
                unreadable.Add(new(group.ResourceARN, tags.GetValueOrDefault(ResourceTags.Link, "?"), why));
            }
        }

        return new(readable.ToImmutable(), unreadable.ToImmutable());
    }

    // A filter without values asks for the key alone.
    private static TagFilter Is(string key, params ImmutableArray<string> values) => new() { Key = key, Values = values.IsEmpty ? null : [.. values] };
}
