using System.Text.Json.Nodes;

namespace LocalAws.States.Intrinsics;

internal static class NumberFunctions
{
    public static JsonNode Add(Arguments arguments)
    {
        var sum = (long)arguments.Expect(2).Integer(0) + arguments.Integer(1);
        return sum is >= int.MinValue and <= int.MaxValue ? JsonValue.Create(sum) : throw arguments.Wrong("the sum is out of range");
    }

    /// <summary>From the first (included) to the second (excluded); a seed makes it the same each time.</summary>
    public static JsonNode Random(Arguments arguments, Chance chance)
    {
        var (from, to) = (arguments.Expect(2, 3).Integer(0), arguments.Integer(1));
        if (from >= to)
            throw arguments.Wrong("the start must be below the end");
        var source = arguments.All.Length == 3 ? new Chance(arguments.Integer(2)) : chance;
        return JsonValue.Create(source.Next(from, to - 1));
    }

    public static JsonNode Uuid(Arguments arguments, Chance chance)
    {
        arguments.Expect(0);
        return JsonValue.Create(chance.Uuid());
    }
}
