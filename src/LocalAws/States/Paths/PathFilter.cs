using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.States.Paths;

/// <summary>The condition of a filter step, on one candidate value.</summary>
public abstract record PathFilter
{
    private PathFilter()
    {
    }

    internal abstract bool Holds(JsonNode? value);

    /// <summary><c>@.a</c>: there is such a value.</summary>
    public sealed record Exists(JsonPath Path) : PathFilter
    {
        internal override bool Holds(JsonNode? value) => !Path.Find(value).IsEmpty;
    }

    /// <summary><c>!…</c>.</summary>
    public sealed record Not(PathFilter Inner) : PathFilter
    {
        internal override bool Holds(JsonNode? value) => !Inner.Holds(value);
    }

    /// <summary><c>… &amp;&amp; …</c>.</summary>
    public sealed record Both(PathFilter Left, PathFilter Right) : PathFilter
    {
        internal override bool Holds(JsonNode? value) => Left.Holds(value) && Right.Holds(value);
    }

    /// <summary><c>… || …</c>.</summary>
    public sealed record Either(PathFilter Left, PathFilter Right) : PathFilter
    {
        internal override bool Holds(JsonNode? value) => Left.Holds(value) || Right.Holds(value);
    }

    /// <summary><c>@.a == 'x'</c> and the like.</summary>
    public sealed record Compare(FilterOperand Left, string Operator, FilterOperand Right) : PathFilter
    {
        internal override bool Holds(JsonNode? value) =>
            Left.TryGet(value, out var left) && Right.TryGet(value, out var right)
                ? Operator switch
                {
                    "==" => JsonNode.DeepEquals(left, right),
                    "!=" => !JsonNode.DeepEquals(left, right),
                    _ => Order(left, right) is { } order && Fits(order),
                }
                : Operator == "!=";

        private static int? Order(JsonNode? left, JsonNode? right) => (Json.Kind(left), Json.Kind(right)) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => Json.Number(left)!.Value.CompareTo(Json.Number(right)!.Value),
            (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(Json.String(left), Json.String(right)),
            _ => null,
        };

        private bool Fits(int order) => Operator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}

/// <summary>One side of a comparison in a filter.</summary>
/// <param name="Path">A path from the candidate; null: a literal.</param>
/// <param name="Literal">The literal.</param>
public sealed record FilterOperand(JsonPath? Path, JsonNode? Literal)
{
    internal bool TryGet(JsonNode? candidate, out JsonNode? value)
    {
        value = Literal;
        if (Path is null)
            return true;
        var found = Path.Find(candidate);
        value = found.FirstOrDefault();
        return found.Length == 1;
    }
}
