using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.Accounts;

/// <summary>One place in a file that the AWS CLI printed; errors name file and place.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Path">The place, as a JSON path.</param>
/// <param name="Node">What stands there.</param>
internal sealed record CliDocument(string File, string Path, JsonNode? Node)
{
    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a file; null when there is none.</summary>
    public static CliDocument? Read(string directory, string file)
    {
        var path = System.IO.Path.Combine(directory, file);
        if (!System.IO.File.Exists(path))
            return null;
        var text = System.IO.File.ReadAllText(path);
        if (string.IsNullOrWhiteSpace(text))
            throw new AccountFormatException($"{file}: the file is empty; it must hold what the AWS CLI prints as JSON.");
        try
        {
            return new(file, "$", JsonNode.Parse(text, documentOptions: Tolerant));
        }
        catch (JsonException e)
        {
            throw new AccountFormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: no JSON at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}; it must hold what the AWS CLI prints with --output json."));
        }
    }

    public JsonObject Object => Node as JsonObject ?? throw Wrong("an object");

    /// <summary>A list that must be there.</summary>
    public ImmutableArray<CliDocument> RequiredList(string name) =>
        At(name) is { Node: JsonArray } list ? list.Entries() : throw At(name).Wrong("a list");

    /// <summary>A list that may be missing or null.</summary>
    public ImmutableArray<CliDocument> List(string name) => At(name) switch
    {
        { Node: null } => [],
        { Node: JsonArray } list => list.Entries(),
        var other => throw other.Wrong("a list"),
    };

    public CliDocument At(string name) => new(File, $"{Path}.{name}", Object[name]);

    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw At(name).Wrong("a text");

    public string? Text(string name) => At(name) switch
    {
        { Node: null } => null,
        { Node: JsonValue value } when value.TryGetValue<string>(out var text) => text,
        var other => throw other.Wrong("a text"),
    };

    public int? Number(string name) => At(name) switch
    {
        { Node: null } => null,
        { Node: JsonValue value } when value.TryGetValue<int>(out var number) => number,
        var other => throw other.Wrong("a whole number"),
    };

    public bool Flag(string name) => At(name) switch
    {
        { Node: null } => false,
        { Node: JsonValue value } when value.TryGetValue<bool>(out var flag) => flag,
        var other => throw other.Wrong("true or false"),
    };

    public Tags Tags(string name) => LocalAws.Tags.None.With(List(name).Select(tag => KeyValuePair.Create(tag.Required("Key"), tag.Text("Value") ?? "")));

    public AccountFormatException Wrong(string needed) =>
        new($"{File}: {Path}: found {Found}, needed {needed}.");

    private string Found => Node switch
    {
        null => "nothing",
        JsonObject => "an object",
        JsonArray => "a list",
        var value => value.ToJsonString(),
    };

    private ImmutableArray<CliDocument> Entries() =>
        [.. Node!.AsArray().Select((entry, place) => new CliDocument(File, string.Create(CultureInfo.InvariantCulture, $"{Path}[{place}]"), entry))];
}
