using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalAws.States.Paths;

/// <summary>Reads the condition of a filter step, from its bracket on.</summary>
internal static class FilterParser
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

    public static PathFilter Read(Cursor cursor)
    {
        cursor.Spaces();
        cursor.Expect("(");
        var filter = Either(cursor);
        cursor.Spaces();
        cursor.Expect(")");
        return filter;
    }

    private static PathFilter Either(Cursor cursor)
    {
        var left = Both(cursor);
        while (TakeSpaced(cursor, "||"))
            left = new PathFilter.Either(left, Both(cursor));
        return left;
    }

    private static PathFilter Both(Cursor cursor)
    {
        var left = Single(cursor);
        while (TakeSpaced(cursor, "&&"))
            left = new PathFilter.Both(left, Single(cursor));
        return left;
    }

    private static PathFilter Single(Cursor cursor)
    {
        cursor.Spaces();
        if (cursor.Take("!"))
            return new PathFilter.Not(Single(cursor));
        if (cursor.Next == '(')
            return Read(cursor);
        var left = Operand(cursor);
        cursor.Spaces();
        foreach (var sign in Operators)
        {
            if (cursor.Take(sign))
                return new PathFilter.Compare(left, sign, Operand(cursor));
        }

        return left.Path is { } path ? new PathFilter.Exists(path) : throw cursor.Wrong("a comparison is expected");
    }

    private static FilterOperand Operand(Cursor cursor)
    {
        cursor.Spaces();
        if (cursor.Next == '@')
            return new(PathParser.ReadRelative(cursor), null);
        if (cursor.Next is '\'' or '"')
            return new(null, JsonValue.Create(cursor.TakeQuoted()));
        var word = cursor.TakeWhile(character => char.IsLetterOrDigit(character) || character is '-' or '+' or '.');
        return word switch
        {
            "true" => new(null, JsonValue.Create(true)),
            "false" => new(null, JsonValue.Create(false)),
            "null" => new(null, null),
            _ when decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => new(null, JsonValue.Create(number)),
            _ => throw cursor.Wrong("a path from '@', a text in quotes, a number, true, false or null is expected"),
        };
    }

    private static bool TakeSpaced(Cursor cursor, string mark)
    {
        cursor.Spaces();
        return cursor.Take(mark);
    }
}
