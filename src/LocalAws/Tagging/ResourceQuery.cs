using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States;
using LocalAws.Wire;

namespace LocalAws.Tagging;

/// <summary>A tag that a resource must have; no values: any will do.</summary>
internal sealed record TagFilter(string Key, ImmutableArray<string> Values)
{
    public bool Admits(Tags tags) => tags[Key] is { } value && (Values.IsEmpty || Values.Contains(value, StringComparer.Ordinal));
}

/// <summary>What a <c>GetResources</c> asks for (Resource Groups Tagging API Reference: "GetResources").</summary>
internal sealed record ResourceQuery(ImmutableArray<TagFilter> Tags, ImmutableArray<string> Types, ImmutableArray<string> Arns, int MostResources, int? MostTags, string? Token)
{
    private const int UsualPage = 50;

    public static ResourceQuery Read(JsonObject body)
    {
        var query = new ResourceQuery(
            List(body, "TagFilters", 50, Filter),
            List(body, "ResourceTypeFilters", 100, Type),
            List(body, "ResourceARNList", 100, node => Text(node, "ResourceARNList", 1, 1011)),
            Between(body, "ResourcesPerPage", 1, 100) ?? UsualPage,
            Between(body, "TagsPerPage", 100, 500),
            body["PaginationToken"] is { } token && Text(token, "PaginationToken", 0, 2048) is { Length: > 0 } text ? text : null);
        string[] others = ["TagFilters", "ResourceTypeFilters", "ResourcesPerPage", "TagsPerPage", "PaginationToken"];
        return query.Arns.IsEmpty || !others.Any(body.ContainsKey)
            ? query
            : throw Invalid($"ResourceARNList cannot be specified together with {others.First(body.ContainsKey)}");
    }

    /// <summary>One page, and the token of the next: empty at the end. A resource and its tags stand on one page.</summary>
    public (ImmutableArray<(string Arn, Tags Tags)> Found, string Next) Page(IEnumerable<(string Arn, Tags Tags)> all, DateTimeOffset now)
    {
        var begin = Token is null ? 0 : Continuation.Read(Token, now);
        var (page, tags) = (ImmutableArray.CreateBuilder<(string, Tags)>(), 0);
        foreach (var found in all.Where(Admits).Skip(begin))
        {
            tags += Math.Max(1, found.Tags.Values.Count);
            if (page.Count == MostResources || tags > MostTags)
                return (page.ToImmutable(), Continuation.Write(begin + page.Count, now));
            page.Add(found);
        }

        return (page.ToImmutable(), "");
    }

    private bool Admits((string Arn, Tags Tags) resource) => Tags.All(filter => filter.Admits(resource.Tags))
        && (Types.IsEmpty || Types.Any(type => IsOf(resource.Arn, type)))
        && (Arns.IsEmpty || Arns.Contains(resource.Arn, StringComparer.Ordinal));

    /// <summary>"The string for each service name and resource type is the same as that embedded in a resource's ARN."</summary>
    private static bool IsOf(string arn, string type)
    {
        var (parts, wanted) = (arn.Split(':', 6), type.Split(':', 2));
        return parts[2] == wanted[0]
            && (wanted.Length == 1 || (parts[5].StartsWith(wanted[1], StringComparison.Ordinal) && parts[5].AsSpan(wanted[1].Length) is "" or [':' or '/', ..]));
    }

    private static TagFilter Filter(JsonNode? node)
    {
        var filter = node as JsonObject ?? throw Invalid("TagFilters must hold objects");
        return new(Text(filter["Key"], "TagFilters.Key", 1, 128), List(filter, "Values", 20, value => Text(value, "TagFilters.Values", 0, 256)));
    }

    private static string Type(JsonNode? node)
    {
        var type = Text(node, "ResourceTypeFilters", 1, 256);
        return type.Split(':') is [{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }]
            ? type
            : throw Invalid($"ResourceTypeFilters: '{type}' is not of the form service[:resourceType]");
    }

    private static ImmutableArray<T> List<T>(JsonObject body, string name, int most, Func<JsonNode?, T> read)
    {
        var list = body[name] switch
        {
            null => [],
            JsonArray array => array,
            _ => throw Invalid($"{name} must be a list"),
        };
        return list.Count <= most ? [.. list.Select(read)] : throw Invalid($"{name} has {list.Count} entries; at most {most} are allowed");
    }

    private static string Text(JsonNode? node, string name, int least, int most) =>
        Json.String(node) is { } text && text.Length >= least && text.Length <= most ? text : throw Invalid($"{name} must be a string of {least} to {most} characters");

    private static int? Between(JsonObject body, string name, int least, int most) => body[name] is null ? null
        : Json.Number(body[name]) is { } number && number >= least && number <= most ? (int)number
        : throw Invalid($"{name} must be a number from {least} to {most}");

    private static AwsErrorException Invalid(string problem) => new("InvalidParameterException", problem);
}
