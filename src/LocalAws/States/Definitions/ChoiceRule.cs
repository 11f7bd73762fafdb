using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Definitions;

/// <summary>One rule of a Choice.</summary>
/// <param name="Condition">When it matches.</param>
/// <param name="Next">Where it leads.</param>
/// <param name="Assign">The variables that it sets.</param>
public sealed record ChoiceRule(Condition Condition, string Next, PayloadTemplate.Members? Assign);

/// <summary>A condition of a Choice.</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>All of them.</summary>
    public sealed record And(ImmutableArray<Condition> Parts) : Condition;

    /// <summary>One of them.</summary>
    public sealed record Or(ImmutableArray<Condition> Parts) : Condition;

    /// <summary>Not this one.</summary>
    public sealed record Not(Condition Part) : Condition;

    /// <summary>A comparison.</summary>
    /// <param name="Variable">What is compared.</param>
    /// <param name="Operator">How, without the <c>Path</c> at its end.</param>
    /// <param name="Value">With what.</param>
    /// <param name="ValuePath">With what, where it comes from the data.</param>
    public sealed record Comparison(JsonPath Variable, string Operator, JsonNode? Value, JsonPath? ValuePath) : Condition;
}
