using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LocalAws.Templates;

/// <summary>Checks what is given for a template's parameters as CloudFormation does, before anything is made.</summary>
internal static class ParameterValues
{
    private static readonly ImmutableDictionary<string, string> Forms = ImmutableDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["String"] = "",
        ["Number"] = @"-?[0-9]+(?:\.[0-9]+)?",
        ["AWS::EC2::VPC::Id"] = "vpc-[0-9a-f]{8,17}",
        ["AWS::EC2::Subnet::Id"] = "subnet-[0-9a-f]{8,17}",
        ["AWS::EC2::SecurityGroup::Id"] = "sg-[0-9a-f]{8,17}",
    });

    public static ImmutableDictionary<string, JsonNode?> Read(JsonObject declared, IReadOnlyDictionary<string, string> given)
    {
        if (given.Keys.FirstOrDefault(name => !declared.ContainsKey(name)) is { } unknown)
            throw new TemplateException($"Parameters.{unknown}", "a value for a parameter that is not declared", string.Join(", ", declared.Select(parameter => parameter.Key)));
        return declared.ToImmutableDictionary(
            parameter => parameter.Key,
            parameter => Read(new(parameter.Value as JsonObject ?? [], $"Parameters.{parameter.Key}"), given.GetValueOrDefault(parameter.Key)),
            StringComparer.Ordinal);
    }

    private static JsonNode? Read(Properties declaration, string? given)
    {
        var (form, isList) = Form(declaration);
        if (form.Length > 0 && declaration.OptionalText("AllowedPattern") is { } misplaced)
            throw new TemplateException(declaration.At("AllowedPattern"), misplaced, "no pattern: only a String or a CommaDelimitedList has one (CloudFormation User Guide, \"Parameters\")");
        var value = given ?? declaration.OptionalText("Default") ?? throw new TemplateException(declaration.Path, "nothing", "a value: the parameter has no default");
        ImmutableArray<string> values = isList ? [.. value.Split(',', StringSplitOptions.TrimEntries)] : [value];
        var constraint = new Constraint(declaration, form);
        declaration.OptionalText("Default");
        declaration.Ignore("Description", "NoEcho", "ConstraintDescription");
        declaration.Close();
        foreach (var entry in values)
            constraint.Check(entry);
        return isList ? new JsonArray([.. values.Select(entry => JsonValue.Create(entry))]) : JsonValue.Create(value);
    }

    private static (string Form, bool IsList) Form(Properties declaration)
    {
        var type = declaration.Text("Type");
        if (type is "CommaDelimitedList")
            return ("", true);
        var isList = type.StartsWith("List<", StringComparison.Ordinal) && type.EndsWith('>');
        return Forms.TryGetValue(isList ? type[5..^1] : type, out var form)
            ? (form, isList)
            : throw new TemplateException(declaration.At("Type"), type, $"{string.Join(", ", Forms.Keys.Order(StringComparer.Ordinal))}, a List<> of one, CommaDelimitedList");
    }

    private sealed class Constraint(Properties declaration, string form)
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

        private readonly string? pattern = declaration.OptionalText("AllowedPattern");
        private readonly ImmutableArray<string> values = declaration.Texts("AllowedValues");
        private readonly int? minLength = declaration.Number("MinLength", 0, int.MaxValue);
        private readonly int? maxLength = declaration.Number("MaxLength", 0, int.MaxValue);
        private readonly string? minValue = declaration.OptionalText("MinValue");
        private readonly string? maxValue = declaration.OptionalText("MaxValue");

        public void Check(string value)
        {
            Demand(value, form.Length == 0 || IsWhole(form, value), form);
            Demand(value, pattern is null || IsWhole(pattern, value), $"text that matches {pattern}");
            Demand(value, values.IsEmpty || values.Contains(value, StringComparer.Ordinal), string.Join(", ", values));
            Demand(value, value.Length >= (minLength ?? 0) && value.Length <= (maxLength ?? int.MaxValue), $"{minLength ?? 0} to {maxLength} characters");
            Demand(value, minValue is null || Number(value) >= Number(minValue), $"at least {minValue}");
            Demand(value, maxValue is null || Number(value) <= Number(maxValue), $"at most {maxValue}");
        }

        private void Demand(string value, bool holds, string allowed)
        {
            if (!holds)
                throw new TemplateException(declaration.Path, $"'{value}'", allowed);
        }

        private static bool IsWhole(string pattern, string value) => Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, Limit);

        private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
