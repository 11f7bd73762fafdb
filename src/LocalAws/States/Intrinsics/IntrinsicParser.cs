using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Intrinsics;

/// <summary>Reads calls of intrinsic functions (docs.aws.amazon.com: "Intrinsic functions for JSONPath states in Step Functions").</summary>
internal static class IntrinsicParser
{
    private const int DeepestNesting = 10;

    public static Expression.Call ReadCall(Cursor cursor, int depth)
    {
        if (depth > DeepestNesting)
            throw cursor.Wrong($"intrinsic functions nest at most {DeepestNesting} deep");
        var name = cursor.TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_');
        if (!IntrinsicFunctions.Knows(name))
            throw cursor.Wrong($"a path from '$' or an intrinsic function is expected, one of {string.Join(", ", IntrinsicFunctions.Names.Order(StringComparer.Ordinal))}");
        cursor.Expect("(");
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        cursor.Spaces();
        if (cursor.Take(")"))
            return new(name, []);
        do
        {
            cursor.Spaces();
            arguments.Add(Argument(cursor, depth));
            cursor.Spaces();
        }
        while (cursor.Take(","));
        cursor.Expect(")");
        return new(name, arguments.ToImmutable());
    }

    private static Expression Argument(Cursor cursor, int depth)
    {
        switch (cursor.Next)
        {
            case '$':
                return new Expression.Path(PathParser.Read(cursor));
            case '\'':
                return new Expression.Literal(JsonValue.Create(Quoted(cursor)));
            case 'S':
                return ReadCall(cursor, depth + 1);
        }

        var word = cursor.TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '+' or '.');
        return word switch
        {
            "true" => new Expression.Literal(JsonValue.Create(true)),
            "false" => new Expression.Literal(JsonValue.Create(false)),
            "null" => new Expression.Literal(null),
            _ when decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => new Expression.Literal(JsonValue.Create(number)),
            _ => throw cursor.Wrong("a path, a text in single quotes, a number, true, false, null or an intrinsic function is expected"),
        };
    }

    /// <summary>Escaped braces stay escaped: only States.Format gives braces a meaning, and takes the backslash away.</summary>
    private static string Quoted(Cursor cursor)
    {
        cursor.Expect("'");
        var content = new System.Text.StringBuilder();
        while (cursor.Next != '\'')
        {
            var next = cursor.TakeAny();
            if (next == '\\')
            {
                next = cursor.TakeAny();
                if (next is '{' or '}')
                    content.Append('\\');
                else if (next is not ('\'' or '\\'))
                    throw cursor.Wrong("a backslash stands before ', {, } or another backslash");
            }

            content.Append(next);
        }

        cursor.Expect("'");
        return content.ToString();
    }
}
