using System.Globalization;
using System.Text.Json;

namespace ServerlessPrivateLink.Links;

/// <summary>One object of the document, whose fields are read by name; what is wrong with them goes to the complaints.</summary>
internal sealed class Fields
{
    private readonly Dictionary<string, JsonElement> values = new(StringComparer.Ordinal);
    private readonly string path;
    private readonly Complaints complaints;

    private Fields(string path, Complaints complaints) => (this.path, this.complaints) = (path, complaints);

    /// <summary>Null when the value is no object.</summary>
    public static Fields? Of(JsonElement value, string path, string[] known, string what, Complaints complaints)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            complaints.Add(path, value, $"an object with {Listed(known)}", $"{what} must be an object.");
            return null;
        }

        var fields = new Fields(path, complaints);
        foreach (var property in value.EnumerateObject())
        {
            if (known.Contains(property.Name, StringComparer.Ordinal)) fields.values.TryAdd(property.Name, property.Value);
            else fields.RefuseName(property.Name, known);
        }

        return fields;
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string PathOf(string name) => JsonPlaces.Field(path, name);

    public JsonElement? Value(string name) => values.TryGetValue(name, out var value) ? value : null;

    public void Refuse(string name, string allowed, string message) => complaints.Add(PathOf(name), values[name], allowed, message);

    public void Missing(string name, string allowed) => complaints.Add(PathOf(name), "nothing", allowed, $"The field \"{name}\" is missing.");

    public string? Text(string name, string allowed)
    {
        if (Value(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.String) return value.GetString();

        Refuse(name, allowed, $"The field \"{name}\" must be text in double quotes.");
        return null;
    }

    /// <summary>Whole numbers only as digits: <c>5432.0</c> and <c>1e3</c> are more likely slips than ports.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Value(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most) return number;

        var allowed = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");
        Refuse(name, allowed, value.ValueKind is JsonValueKind.String
            ? $"The field \"{name}\" must be a number, without quotes."
            : $"The field \"{name}\" must be {allowed}, written in digits alone.");
        return null;
    }

    public bool Flag(string name)
    {
        if (Value(name) is not { } value) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Refuse(name, "true or false", $"The field \"{name}\" must be true or false, without quotes.");
        return value.ValueKind is JsonValueKind.True;
    }

    public T Choice<T>(string name, T standard, params (string Word, T Meaning)[] choices) where T : struct
    {
        if (Value(name) is not { } value) return standard;
        if (value.ValueKind is JsonValueKind.String)
        {
            foreach (var (word, meaning) in choices)
            {
                if (value.ValueEquals(word)) return meaning;
            }
        }

        Refuse(name, Listed([.. choices.Select(choice => choice.Word)]), $"The field \"{name}\" has no such setting.");
        return standard;
    }

    public IEnumerable<(JsonElement Value, string Path)> List(string name, string allowed)
    {
        if (Value(name) is not { } value) return [];
        if (value.ValueKind is not JsonValueKind.Array)
        {
            Refuse(name, allowed, $"The field \"{name}\" must be an array.");
            return [];
        }

        if (value.GetArrayLength() == 0) Refuse(name, allowed, $"The array \"{name}\" is empty.");
        return value.EnumerateArray().Select((element, index) => (element, JsonPlaces.Element(PathOf(name), index)));
    }

    /// <summary>An array of texts, each checked by itself; those that are no texts are reported and left out.</summary>
    public IEnumerable<(string Text, string Path)> Texts(string name, string allowed)
    {
        foreach (var (value, path) in List(name, $"an array of at least one {allowed}"))
        {
            if (value.ValueKind is JsonValueKind.String) yield return (value.GetString()!, path);
            else complaints.Add(path, value, allowed, $"The entries of \"{name}\" must be text in double quotes.");
        }
    }

    public static string Listed(string[] names) => names.Length < 2
        ? string.Concat(names.Select(name => $"\"{name}\""))
        : $"{string.Join(", ", names[..^1].Select(name => $"\"{name}\""))} or \"{names[^1]}\"";

    private void RefuseName(string name, string[] known)
    {
        var shown = Complaints.Short(name);
        var nearest = Spelling.Nearest(name, known, most: 1);
        complaints.Add(PathOf(name), $"\"{shown}\"", Listed(known), nearest.IsEmpty
            ? $"There is no field \"{shown}\" here."
            : $"There is no field \"{shown}\" here; did you mean \"{nearest[0]}\"?");
    }
}
