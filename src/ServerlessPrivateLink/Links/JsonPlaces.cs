using System.Globalization;
using System.Text.Json;

namespace ServerlessPrivateLink.Links;

/// <summary>Where a reader of JSON tokens stands, as a JSON path, and which names the open objects have used.</summary>
internal sealed class JsonPlaces
{
    private readonly Stack<Level> levels = new();

    public string Path => levels.Reverse().Aggregate("$", static (path, level) => level switch
    {
        { Names: null, Index: >= 0 } => Element(path, level.Index),
        { Name: { } name } => Field(path, name),
        _ => path,
    });

    /// <summary>Plain names behind a dot, all others quoted in brackets (RFC 9535).</summary>
    public static string Field(string path, string name)
    {
        var shown = Complaints.Short(name);
        return shown is [var first, ..] && (char.IsAsciiLetter(first) || first == '_') && shown.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? $"{path}.{shown}"
            : $"{path}['{shown.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}']";
    }

    public static string Element(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>Takes one token; false when it names a field that its object has already.</summary>
    public bool Enter(JsonTokenType token, string? name)
    {
        switch (token)
        {
            case JsonTokenType.PropertyName:
                levels.Peek().Name = name;
                return levels.Peek().Names!.Add(name!);
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                levels.Pop();
                return true;
            default:
                if (levels.TryPeek(out var parent) && parent.Names is null) parent.Index++;
                if (token is JsonTokenType.StartObject) levels.Push(new Level([]));
                if (token is JsonTokenType.StartArray) levels.Push(new Level(null));
                return true;
        }
    }

    private sealed class Level(HashSet<string>? names)
    {
        public HashSet<string>? Names { get; } = names;

        public string? Name { get; set; }

        public int Index { get; set; } = -1;
    }
}
