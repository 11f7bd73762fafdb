using System.Text.Json.Nodes;

namespace LocalAws.States.Intrinsics;

internal static class ArrayFunctions
{
    private const int LongestRange = 1000;

    public static JsonNode Partition(Arguments arguments)
    {
        var items = arguments.Expect(2).Array(0);
        var size = arguments.Integer(1);
        return size > 0
            ? new JsonArray([.. items.Chunk(size).Select(Json.Array)])
            : throw arguments.Wrong("a chunk holds at least one item");
    }

    public static JsonNode Contains(Arguments arguments) =>
        JsonValue.Create(arguments.Expect(2).Array(0).Any(item => JsonNode.DeepEquals(item, arguments.All[1])));

    public static JsonNode Range(Arguments arguments)
    {
        var (first, last, step) = (arguments.Expect(3).Integer(0), arguments.Integer(1), arguments.Integer(2));
        if (step == 0)
            throw arguments.Wrong("the step may not be 0");
        var count = Math.Max(0, (((long)last - first) / step) + 1);
        if ((step > 0) ? last < first : last > first)
            count = 0;
        if (count > LongestRange)
            throw arguments.Wrong($"a range holds at most {LongestRange} items");
        return new JsonArray([.. Enumerable.Range(0, (int)count).Select(at => JsonValue.Create(first + (at * step)))]);
    }

    public static JsonNode? GetItem(Arguments arguments)
    {
        var items = arguments.Expect(2).Array(0);
        var at = arguments.Integer(1);
        return at >= 0 && at < items.Count ? items[at] : throw arguments.Wrong($"there is no item {at}");
    }

    public static JsonNode Length(Arguments arguments) => JsonValue.Create(arguments.Expect(1).Array(0).Count);

    public static JsonNode Unique(Arguments arguments)
    {
        var kept = new List<JsonNode?>();
        foreach (var item in arguments.Expect(1).Array(0))
        {
            if (!kept.Exists(other => JsonNode.DeepEquals(item, other)))
                kept.Add(item);
        }

        return Json.Array(kept);
    }
}
