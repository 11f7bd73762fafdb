using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Reading;

/// <summary>Reads payload templates.</summary>
internal static class TemplateReader
{
    private const string Mark = ".$";

    public static PayloadTemplate.Members? Template(this Fields fields, string name)
    {
        if (!fields.TryTake(name, out var value))
            return null;
        if (value is JsonObject members)
            return Members(fields, name, members);
        fields.Wrong(name, "A payload template must be an object");
        return null;
    }

    private static PayloadTemplate Value(Fields fields, string path, JsonNode? value) => value switch
    {
        JsonObject members => Members(fields, path, members),
        JsonArray items => new PayloadTemplate.Items([.. items.Select((item, at) => Value(fields, $"{path}[{at}]", item))]),
        _ => new PayloadTemplate.Constant(value),
    };

    private static PayloadTemplate.Members Members(Fields fields, string path, JsonObject members)
    {
        var read = ImmutableArray.CreateBuilder<(string, PayloadTemplate)>();
        foreach (var (name, value) in members)
        {
            if (!name.EndsWith(Mark, StringComparison.Ordinal))
                read.Add((name, Value(fields, $"{path}/{name}", value)));
            else if (members.ContainsKey(name[..^2]))
                fields.Wrong($"{path}/{name}", $"'{name[..^2]}' and '{name}' cannot both be given");
            else if (Computed(fields, $"{path}/{name}", name, value) is { } computed)
                read.Add((name[..^2], computed));
        }

        return new(read.ToImmutable());
    }

    private static PayloadTemplate.Computed? Computed(Fields fields, string path, string name, JsonNode? value)
    {
        try
        {
            return new(name, Expression.Parse(Json.String(value) ?? throw new PathSyntaxException(Json.Text(value), 0, "a string is expected")));
        }
        catch (PathSyntaxException e)
        {
            fields.Wrong(path, $"The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call: {e.Message}");
            return null;
        }
    }
}
