using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>
/// The evaluated properties of a resource. Whoever makes the resource reads each property that it knows; what nobody has read is
/// an error when the reading is closed.
/// </summary>
internal sealed class Properties(JsonObject values, string path)
{
    private readonly SortedSet<string> known = new(StringComparer.Ordinal);
    private readonly List<Properties> below = [];

    public string Path => path;

    public string Text(string name) => OptionalText(name) ?? throw new TemplateException(At(name), "nothing", "text");

    public string? OptionalText(string name) => Find(name) is { } node ? Text(node, At(name)) : null;

    /// <summary>One of some words; the first when none is given.</summary>
    public string Word(string name, params ImmutableArray<string> words)
    {
        var word = OptionalText(name) ?? words[0];
        return words.Contains(word, StringComparer.Ordinal) ? word : throw new TemplateException(At(name), $"'{word}'", string.Join(", ", words));
    }

    public int? Number(string name, int from, int to) => OptionalText(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to => number,
        var text => throw new TemplateException(At(name), text, $"a whole number from {from} to {to}"),
    };

    public bool Flag(string name) => OptionalText(name) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw new TemplateException(At(name), text, "true, false"),
    };

    public ImmutableArray<string> Texts(string name) => Find(name) switch
    {
        null => [],
        JsonArray list => [.. list.Select((entry, at) => Text(entry, $"{At(name)}[{at}]"))],
        var node => throw new TemplateException(At(name), node.ToJsonString(), "a list of texts"),
    };

    public Properties? Group(string name) => Find(name) switch
    {
        null => null,
        JsonObject fields => Below(fields, At(name)),
        var node => throw new TemplateException(At(name), node.ToJsonString(), "a mapping"),
    };

    public ImmutableArray<Properties> Groups(string name) => Find(name) switch
    {
        null => [],
        JsonArray list =>
        [
            .. list.Select((entry, at) => entry is JsonObject fields
                ? Below(fields, $"{At(name)}[{at}]")
                : throw new TemplateException($"{At(name)}[{at}]", entry?.ToJsonString() ?? "nothing", "a mapping")),
        ],
        var node => throw new TemplateException(At(name), node.ToJsonString(), "a list of mappings"),
    };

    /// <summary>All entries as text, for maps whose keys are free, such as environment variables.</summary>
    public ImmutableDictionary<string, string> Map(string name)
    {
        if (Find(name) is not { } node)
            return ImmutableDictionary<string, string>.Empty;
        var fields = node as JsonObject ?? throw new TemplateException(At(name), node.ToJsonString(), "a mapping");
        return fields.ToImmutableDictionary(field => field.Key, field => Text(field.Value, $"{At(name)}.{field.Key}"), StringComparer.Ordinal);
    }

    /// <summary>A list of <c>{Key, Value}</c>, as most resources write tags.</summary>
    public Tags TagList(string name) => Tags.None.With([.. Groups(name).Select(tag => KeyValuePair.Create(tag.Text("Key"), tag.Text("Value")))]);

    /// <summary>A property as it stands.</summary>
    public JsonNode? Json(string name) => Find(name);

    /// <summary>Known, and without a meaning here.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            known.Add(name);
    }

    /// <summary>Refuses what nobody has read.</summary>
    public void Close()
    {
        if (values.Select(field => field.Key).FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            throw new TemplateException(At(unknown), "a property that is not known here", string.Join(", ", known));
        below.ForEach(group => group.Close());
    }

    public string At(string name) => $"{path}.{name}";

    private JsonNode? Find(string name)
    {
        known.Add(name);
        return values[name];
    }

    private Properties Below(JsonObject fields, string at)
    {
        var group = new Properties(fields, at);
        below.Add(group);
        return group;
    }

    private static string Text(JsonNode? node, string at) => node is JsonValue value && value.GetValueKind() is not JsonValueKind.Null
        ? value.ToString()
        : throw new TemplateException(at, node?.ToJsonString() ?? "nothing", "text");
}
