using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.States.Payloads;

/// <summary>A payload template: JSON in which fields named <c>….$</c> take their value from an expression.</summary>
public abstract record PayloadTemplate
{
    private PayloadTemplate()
    {
    }

    internal abstract JsonNode? Fill(View view, Chance chance);

    /// <summary>JSON as it is.</summary>
    public sealed record Constant(JsonNode? Value) : PayloadTemplate
    {
        internal override JsonNode? Fill(View view, Chance chance) => Json.Copy(Value);
    }

    /// <summary>The value of one field, from an expression.</summary>
    /// <param name="Field">The field's name with its <c>.$</c>, for messages.</param>
    /// <param name="Expression">Where the value comes from.</param>
    public sealed record Computed(string Field, Expression Expression) : PayloadTemplate
    {
        internal override JsonNode? Fill(View view, Chance chance) => Json.Copy(Expression.Evaluate(view, Field, chance));
    }

    /// <summary>An object.</summary>
    public sealed record Members(ImmutableArray<(string Name, PayloadTemplate Value)> Fields) : PayloadTemplate
    {
        internal override JsonNode? Fill(View view, Chance chance) =>
            new JsonObject(Fields.Select(field => KeyValuePair.Create(field.Name, field.Value.Fill(view, chance))));
    }

    /// <summary>An array.</summary>
    public sealed record Items(ImmutableArray<PayloadTemplate> Values) : PayloadTemplate
    {
        internal override JsonNode? Fill(View view, Chance chance) => new JsonArray([.. Values.Select(value => value.Fill(view, chance))]);
    }
}
