using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.States.Paths;

/// <summary>One step of a path.</summary>
public abstract record PathStep
{
    private PathStep()
    {
    }

    internal abstract IEnumerable<JsonNode?> From(JsonNode? value);

    private static IEnumerable<JsonNode?> Below(JsonNode? value) => value switch
    {
        JsonObject members => members.Select(member => member.Value),
        JsonArray items => items,
        _ => [],
    };

    /// <summary><c>.name</c> or <c>['name']</c>.</summary>
    public sealed record Child(string Name) : PathStep
    {
        internal override IEnumerable<JsonNode?> From(JsonNode? value) =>
            value is JsonObject members && members.TryGetPropertyValue(Name, out var found) ? [found] : [];
    }

    /// <summary><c>[0]</c>; a negative index counts from the end.</summary>
    public sealed record Index(int At) : PathStep
    {
        internal override IEnumerable<JsonNode?> From(JsonNode? value)
        {
            if (value is not JsonArray items)
                return [];
            var place = At < 0 ? items.Count + At : At;
            return place >= 0 && place < items.Count ? [items[place]] : [];
        }
    }

    /// <summary><c>[1:3]</c>, <c>[-2:]</c>, <c>[::2]</c>.</summary>
    public sealed record Slice(int? Start, int? End, int By) : PathStep
    {
        internal override IEnumerable<JsonNode?> From(JsonNode? value)
        {
            if (value is not JsonArray items)
                yield break;
            var end = Place(End ?? items.Count, items.Count);
            for (var at = Place(Start ?? 0, items.Count); at < end; at += By)
                yield return items[at];
        }

        private static int Place(int at, int count) => Math.Clamp(at < 0 ? count + at : at, 0, count);
    }

    /// <summary><c>.*</c> or <c>[*]</c>.</summary>
    public sealed record Any : PathStep
    {
        internal override IEnumerable<JsonNode?> From(JsonNode? value) => Below(value);
    }

    /// <summary><c>['a','b']</c> or <c>[0,2]</c>.</summary>
    public sealed record Several(ImmutableArray<PathStep> Steps) : PathStep
    {
        internal override IEnumerable<JsonNode?> From(JsonNode? value) => Steps.SelectMany(step => step.From(value));
    }

    /// <summary><c>..</c>: the value itself and everything below it.</summary>
    public sealed record Deep : PathStep
    {
        internal override IEnumerable<JsonNode?> From(JsonNode? value) => Below(value).SelectMany(From).Prepend(value);
    }

    /// <summary><c>[?(@.price &lt; 10)]</c>.</summary>
    public sealed record Filter(PathFilter Condition) : PathStep
    {
        internal override IEnumerable<JsonNode?> From(JsonNode? value) => Below(value).Where(Condition.Holds);
    }
}
