using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Intrinsics;
using LocalAws.States.Paths;

namespace LocalAws.States.Payloads;

/// <summary>What stands behind a field whose name ends in <c>.$</c>, or is an argument of an intrinsic function.</summary>
public abstract record Expression
{
    private Expression()
    {
    }

    /// <summary>Reads a path or a call of an intrinsic function.</summary>
    /// <exception cref="PathSyntaxException">It is neither.</exception>
    public static Expression Parse(string text)
    {
        var cursor = new Cursor(text);
        if (cursor.Next == '$')
            return new Path(JsonPath.Parse(text));
        var call = IntrinsicParser.ReadCall(cursor, 1);
        return cursor.Ended ? call : throw cursor.Wrong("nothing may follow an intrinsic function");
    }

    internal abstract JsonNode? Evaluate(View view, string field, Chance chance);

    /// <summary>A path.</summary>
    public sealed record Path(JsonPath Value) : Expression
    {
        internal override JsonNode? Evaluate(View view, string field, Chance chance) => view.Get(Value, field);
    }

    /// <summary>A literal argument.</summary>
    public sealed record Literal(JsonNode? Value) : Expression
    {
        internal override JsonNode? Evaluate(View view, string field, Chance chance) => Value;
    }

    /// <summary>A call such as <c>States.Format('{}', $.a)</c>.</summary>
    public sealed record Call(string Function, ImmutableArray<Expression> Arguments) : Expression
    {
        internal override JsonNode? Evaluate(View view, string field, Chance chance) =>
            IntrinsicFunctions.Invoke(Function, [.. Arguments.Select(argument => argument.Evaluate(view, field, chance))], chance);
    }
}
