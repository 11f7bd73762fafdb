using System.Collections.Immutable;

namespace LocalAws.States.Paths;

/// <summary>
/// Reads paths: the subset of JSONPath that Step Functions takes (docs.aws.amazon.com: "Using JSONPath paths").
/// Functions and scripts in a path are refused.
/// </summary>
internal static class PathParser
{
    public static JsonPath Read(Cursor cursor)
    {
        var start = cursor.At;
        cursor.Expect("$");
        if (cursor.Take("$"))
            return Steps(cursor, start, PathRoot.Context, null);
        var variable = cursor.TakeWhile(IsNameCharacter);
        return Steps(cursor, start, variable.Length == 0 ? PathRoot.Input : PathRoot.Variable, variable.Length == 0 ? null : variable);
    }

    /// <summary>A path that begins at a filter's candidate, <c>@</c>.</summary>
    public static JsonPath ReadRelative(Cursor cursor)
    {
        var start = cursor.At;
        cursor.Expect("@");
        return Steps(cursor, start, PathRoot.Input, null);
    }

    private static JsonPath Steps(Cursor cursor, int start, PathRoot root, string? variable)
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        while (cursor.Next is '.' or '[')
        {
            if (cursor.Take(".."))
            {
                steps.Add(new PathStep.Deep());
                steps.Add(cursor.Next == '[' ? Bracket(cursor) : Dotted(cursor));
            }
            else
            {
                steps.Add(cursor.Take(".") ? Dotted(cursor) : Bracket(cursor));
            }
        }

        return new(cursor.Since(start), root, variable, steps.ToImmutable());
    }

    private static PathStep Dotted(Cursor cursor)
    {
        if (cursor.Take("*"))
            return new PathStep.Any();
        var name = cursor.TakeWhile(IsNameCharacter);
        if (name.Length == 0)
            throw cursor.Wrong("a name is expected");
        return cursor.Next == '(' ? throw cursor.Wrong($"the path function {name}() is not supported") : new PathStep.Child(name);
    }

    private static PathStep Bracket(Cursor cursor)
    {
        cursor.Expect("[");
        cursor.Spaces();
        if (cursor.Take("?"))
            return Closed(cursor, new PathStep.Filter(FilterParser.Read(cursor)));
        if (cursor.Take("*"))
            return Closed(cursor, new PathStep.Any());
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        do
        {
            cursor.Spaces();
            steps.Add(cursor.Next is '\'' or '"' ? new PathStep.Child(cursor.TakeQuoted()) : Numbers(cursor));
            cursor.Spaces();
        }
        while (cursor.Take(","));
        return Closed(cursor, steps.Count == 1 ? steps[0] : new PathStep.Several(steps.ToImmutable()));
    }

    private static PathStep Numbers(Cursor cursor)
    {
        var start = cursor.TakeInteger();
        if (!cursor.Take(":"))
            return new PathStep.Index(start ?? throw cursor.Wrong("a name in quotes, an index, a slice, '*' or a filter is expected"));
        var end = cursor.TakeInteger();
        var by = cursor.Take(":") ? cursor.TakeInteger() ?? 1 : 1;
        return by > 0 ? new PathStep.Slice(start, end, by) : throw cursor.Wrong("a slice goes forward");
    }

    private static PathStep Closed(Cursor cursor, PathStep step)
    {
        cursor.Spaces();
        cursor.Expect("]");
        return step;
    }

    private static bool IsNameCharacter(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' || character > 127;
}
