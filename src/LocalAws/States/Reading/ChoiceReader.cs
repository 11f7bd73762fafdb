using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.States.Definitions;
using LocalAws.States.Paths;

namespace LocalAws.States.Reading;

/// <summary>Reads the rules of a Choice.</summary>
internal static class ChoiceReader
{
    private static readonly string[] Ordered = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];

    private static readonly ImmutableDictionary<string, JsonValueKind> Operators =
        Ordered.SelectMany(order => new[]
            {
                KeyValuePair.Create("String" + order, JsonValueKind.String),
                KeyValuePair.Create("Numeric" + order, JsonValueKind.Number),
                KeyValuePair.Create("Timestamp" + order, JsonValueKind.String),
            })
            .Append(new("StringMatches", JsonValueKind.String))
            .Concat(new[] { "BooleanEquals", "IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp" }
                .Select(name => KeyValuePair.Create(name, JsonValueKind.True)))
            .ToImmutableDictionary(StringComparer.Ordinal);

    public static ImmutableArray<ChoiceRule> Read(Fields fields)
    {
        if (!fields.Has("Choices"))
            fields.Missing("Choices");
        var rules = ImmutableArray.CreateBuilder<ChoiceRule>();
        foreach (var rule in fields.Objects("Choices"))
        {
            rule.Text("Comment");
            rules.Add(new(Condition(rule), rule.RequiredText("Next"), ShapeReader.Assign(rule)));
            rule.Close();
        }

        if (rules.Count == 0 && fields.Has("Choices"))
            fields.Wrong("Choices", "The value must hold at least one rule");
        return rules.ToImmutable();
    }

    private static Condition Condition(Fields fields)
    {
        if (fields.Has("And"))
            return new Condition.And(Parts(fields, "And"));
        if (fields.Has("Or"))
            return new Condition.Or(Parts(fields, "Or"));
        if (fields.Has("Not"))
            return new Condition.Not(fields.Object("Not") is { } part ? Part(part) : new Condition.And([]));
        return Comparison(fields);
    }

    private static ImmutableArray<Condition> Parts(Fields fields, string name)
    {
        var parts = fields.Objects(name).Select(Part).ToImmutableArray();
        if (parts.IsEmpty)
            fields.Wrong(name, "The value must hold at least one condition");
        return parts;
    }

    private static Condition Part(Fields fields)
    {
        var condition = Condition(fields);
        fields.Close();
        return condition;
    }

    private static Condition.Comparison Comparison(Fields fields)
    {
        if (!fields.Has("Variable"))
            fields.Missing("Variable");
        var variable = Definite(fields, "Variable");
        var names = fields.Names.Where(name => OperatorOf(name) is not null).ToList();
        if (names.Count != 1)
        {
            fields.Wrong("", "A condition must have exactly one comparison operator");
            return new(variable, "IsPresent", JsonValue.Create(true), null);
        }

        var (field, name) = (names[0], OperatorOf(names[0])!);
        if (field != name)
            return new(variable, name, null, Definite(fields, field));
        fields.TryTake(field, out var value);
        var kind = Json.Kind(value) is JsonValueKind.False ? JsonValueKind.True : Json.Kind(value);
        if (kind != Operators[name])
            fields.Wrong(field, $"The value must be a {(Operators[name] is JsonValueKind.True ? "boolean" : Operators[name].ToString().ToLowerInvariant())}, but is {Json.Text(value)}");
        else if (name.StartsWith("Timestamp", StringComparison.Ordinal) && Timestamps.Read(Json.String(value)) is null)
            fields.Wrong(field, $"The value must be a timestamp, but is {Json.Text(value)}");
        return new(variable, name, value, null);
    }

    /// <summary>The operator that a field names; all but matching and the type tests can also take their value from a path.</summary>
    private static string? OperatorOf(string field)
    {
        if (Operators.ContainsKey(field))
            return field;
        var name = field.EndsWith("Path", StringComparison.Ordinal) ? field[..^4] : "";
        return Operators.ContainsKey(name) && name != "StringMatches" && !name.StartsWith("Is", StringComparison.Ordinal) ? name : null;
    }

    private static JsonPath Definite(Fields fields, string name)
    {
        var path = fields.JsonPath(name) ?? JsonPath.Whole;
        if (!path.IsDefinite)
            fields.Wrong(name, $"The value must be a reference path, but is '{path.Text}'");
        return path;
    }
}
