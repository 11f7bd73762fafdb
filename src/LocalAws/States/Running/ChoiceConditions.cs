using System.Text.Json.Nodes;
using LocalAws.States.Definitions;
using LocalAws.States.Payloads;

namespace LocalAws.States.Running;

/// <summary>
/// Judges the conditions of a Choice (states-language.net/spec.html#choice-state). Values of another type than the operator's
/// do not match; a variable that is not there fails the execution, except under <c>IsPresent</c>.
/// </summary>
internal static class ChoiceConditions
{
    public static bool Holds(Condition condition, View view) => condition switch
    {
        Condition.And and => and.Parts.All(part => Holds(part, view)),
        Condition.Or or => or.Parts.Any(part => Holds(part, view)),
        Condition.Not not => !Holds(not.Part, view),
        Condition.Comparison comparison => Compare(comparison, view),
        _ => throw new InvalidOperationException($"{condition} is no condition."),
    };

    private static bool Compare(Condition.Comparison comparison, View view)
    {
        var present = view.TryGet(comparison.Variable, out var value);
        if (comparison.Operator == "IsPresent")
            return present == Json.Boolean(comparison.Value);
        if (!present)
            throw Missing(comparison.Variable.Text);
        var other = comparison.Value;
        if (comparison.ValuePath is { } path && !view.TryGet(path, out other))
            throw Missing(path.Text);
        return Compare(comparison.Operator, value, other);
    }

    private static bool Compare(string name, JsonNode? value, JsonNode? other) => name switch
    {
        "IsNull" => (value is null) == Json.Boolean(other),
        "IsNumeric" => (Json.Number(value) is not null) == Json.Boolean(other),
        "IsString" => (Json.String(value) is not null) == Json.Boolean(other),
        "IsBoolean" => (Json.Boolean(value) is not null) == Json.Boolean(other),
        "IsTimestamp" => (Timestamps.Read(Json.String(value)) is not null) == Json.Boolean(other),
        "BooleanEquals" => Json.Boolean(value) is { } left && Json.Boolean(other) is { } right && left == right,
        "StringMatches" => Json.String(value) is { } text && Json.String(other) is { } pattern && Wildcards.Match(text, pattern),
        _ when name.StartsWith("String", StringComparison.Ordinal) => Json.String(value) is { } left && Json.String(other) is { } right
            && Fits(name["String".Length..], string.CompareOrdinal(left, right)),
        _ when name.StartsWith("Numeric", StringComparison.Ordinal) => Json.Number(value) is { } left && Json.Number(other) is { } right
            && Fits(name["Numeric".Length..], left.CompareTo(right)),
        _ => Timestamps.Read(Json.String(value)) is { } left && Timestamps.Read(Json.String(other)) is { } right
            && Fits(name["Timestamp".Length..], left.CompareTo(right)),
    };

    private static bool Fits(string order, int sign) => order switch
    {
        "Equals" => sign == 0,
        "LessThan" => sign < 0,
        "GreaterThan" => sign > 0,
        "LessThanEquals" => sign <= 0,
        _ => sign >= 0,
    };

    private static StateFailedException Missing(string path) =>
        StatesErrors.Runtimes($"Invalid path '{path}': The choice state's condition path references an invalid value.");
}
