using System.Collections.Immutable;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.ResourceGroupsTaggingAPI.Model;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>Finds deployed stacks by the tags that CloudFormation gives to what it makes; one permission does.</summary>
/// <param name="tagging">The operator's client.</param>
/// <param name="accountId">The operator's account.</param>
/// <param name="region">Where to look.</param>
public sealed class StackSearch(IAmazonResourceGroupsTaggingAPI tagging, string accountId, string region)
{
    internal const string NameTag = "aws:cloudformation:stack-name";
    internal const string LogicalIdTag = "aws:cloudformation:logical-id";
    private const string FunctionType = "lambda:function";
    private const string MachineType = "states:stateMachine";
    private const string AlarmType = "cloudwatch:alarm";

    /// <summary>What a stack of this product has, and no other has all of.</summary>
    private static readonly ImmutableArray<string> Marks = ["AnswerConnection", "PlanLink", "Provision", "SyncTargets"];

    /// <summary>The stack of that name, else the only one.</summary>
    /// <exception cref="BadInputException">There is none, or nobody says which of several.</exception>
    public async Task<FoundStack> FindAsync(string? name, string saidBy, CancellationToken token)
    {
        if (name is not null && (await ReadAsync(NameTag, [name], token)).FirstOrDefault() is { } named)
            return named;
        var there = (await ReadAsync(LogicalIdTag, Marks, token)).Select(static stack => stack.Name).ToImmutableArray();
        if (name is null && there is [var only])
            return (await ReadAsync(NameTag, [only], token)).FirstOrDefault() ?? throw None(there);
        throw name is not null ? NotThere(name, saidBy, there) : there.IsEmpty ? None(there) : Several(there);
    }

    private async Task<ImmutableArray<FoundStack>> ReadAsync(string key, ImmutableArray<string> values, CancellationToken token)
    {
        var resources = await Pages.AllAsync(
            next => tagging.GetResourcesAsync(
                new GetResourcesRequest { TagFilters = [new TagFilter { Key = key, Values = [.. values] }], ResourceTypeFilters = [FunctionType, MachineType, AlarmType], PaginationToken = next },
                token),
            static page => page.ResourceTagMappingList,
            static page => page.PaginationToken);
        return
        [
            .. resources
                .GroupBy(static resource => Value(resource, NameTag) ?? "", StringComparer.Ordinal)
                .Where(static stack => Marks.All(mark => stack.Any(resource => Value(resource, LogicalIdTag) == mark)))
                .OrderBy(static stack => stack.Key, StringComparer.Ordinal)
                .Select(stack => new FoundStack(stack.Key, accountId, region, Arns(stack, FunctionType), Arns(stack, MachineType), Arns(stack, AlarmType))),
        ];
    }

    private static ImmutableSortedDictionary<string, string> Arns(IEnumerable<ResourceTagMapping> resources, string type) => resources
        .Where(resource => resource.ResourceARN.Split(':') is [_, _, var service, _, _, var kind, ..] && $"{service}:{kind}" == type)
        .GroupBy(static resource => Value(resource, LogicalIdTag) ?? "", StringComparer.Ordinal)
        .ToImmutableSortedDictionary(static named => named.Key, static named => named.Last().ResourceARN, StringComparer.Ordinal);

    private static string? Value(ResourceTagMapping resource, string key) => resource.Tags?.Find(tag => tag.Key == key)?.Value;

    private BadInputException None(ImmutableArray<string> there) => NotThere(null, "", there);

    private BadInputException NotThere(string? name, string saidBy, ImmutableArray<string> there) => new(
        $"The account {accountId} has {(name is null ? "no stack of ServerlessPrivateLink" : $"no such stack '{name}' ({saidBy})")} in {region}{(there.IsEmpty ? "" : $"; it has {string.Join(", ", there)}")}. {(there.IsEmpty ? "Deploy one, or say another --region." : "Say which by --stack.")}");

    private BadInputException Several(ImmutableArray<string> there) =>
        new($"The account {accountId} has several stacks in {region}: {string.Join(", ", there)}. Say which by --stack or {ChosenPlace.StackVariable}.");
}
