using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Paths;

namespace LocalAws.States.Reading;

/// <summary>The fields of one object of a definition. Each is taken once; what nobody took is unknown, and a problem.</summary>
internal sealed class Fields(JsonObject members, string path, ImmutableArray<DefinitionProblem>.Builder problems)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public string Path { get; } = path;

    public string PathOf(string name) => $"{Path}/{name}";

    public void Wrong(string name, string message, string code = "SCHEMA_VALIDATION_FAILED") =>
        problems.Add(new(code, message, name.Length == 0 ? Path : PathOf(name)));

    public bool Has(string name) => members.ContainsKey(name);

    public bool TryTake(string name, out JsonNode? value)
    {
        taken.Add(name);
        return members.TryGetPropertyValue(name, out value);
    }

    public string? Text(string name)
    {
        if (!TryTake(name, out var value))
            return null;
        if (Json.String(value) is { } text)
            return text;
        Wrong(name, $"The value must be a string, but is {Json.Text(value)}");
        return null;
    }

    public string RequiredText(string name)
    {
        if (Has(name))
            return Text(name) ?? "";
        Missing(name);
        return "";
    }

    public bool? Flag(string name)
    {
        if (!TryTake(name, out var value))
            return null;
        if (Json.Boolean(value) is { } flag)
            return flag;
        Wrong(name, $"The value must be true or false, but is {Json.Text(value)}");
        return null;
    }

    public decimal? Number(string name, decimal least, decimal most, bool whole = true)
    {
        if (!TryTake(name, out var value))
            return null;
        if (Json.Number(value) is { } number && number >= least && number <= most && (!whole || decimal.IsInteger(number)))
            return number;
        Wrong(name, $"The value must be {(whole ? "an integer" : "a number")} from {least} to {most}, but is {Json.Text(value)}");
        return null;
    }

    public JsonPath? JsonPath(string name)
    {
        if (Text(name) is not { } text)
            return null;
        try
        {
            return Paths.JsonPath.Parse(text);
        }
        catch (PathSyntaxException e)
        {
            Wrong(name, e.Message);
            return null;
        }
    }

    public IEnumerable<Fields> Objects(string name)
    {
        if (!TryTake(name, out var value))
            return [];
        if (value is JsonArray items)
            return [.. items.Select((item, at) => Of(item, $"{name}[{at}]")).OfType<Fields>()];
        Wrong(name, "The value must be an array");
        return [];
    }

    public Fields? Object(string name)
    {
        if (TryTake(name, out var value))
            return Of(value, name);
        Missing(name);
        return null;
    }

    public Fields? Member(string name) => Of(members[name], name);

    public IEnumerable<string> Names => members.Select(member => member.Key);

    public void Missing(string name) => Wrong("", $"The field \"{name}\" is required");

    /// <summary>Says that a field is known and not imitated here.</summary>
    public void Refuse(string name, string why)
    {
        if (TryTake(name, out _))
            Wrong(name, why, "NOT_SUPPORTED_HERE");
    }

    /// <summary>Reports what nobody took.</summary>
    public void Close()
    {
        foreach (var name in Names.Where(name => !taken.Contains(name)))
            Wrong(name, $"The field \"{name}\" is not supported");
    }

    private Fields? Of(JsonNode? value, string name)
    {
        if (value is JsonObject inner)
            return new(inner, PathOf(name), problems);
        Wrong(name, "The value must be an object");
        return null;
    }
}
