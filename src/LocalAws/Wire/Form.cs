using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.Wire;

/// <summary>
/// The parameters of an EC2 or query request as a tree: <c>Filter.1.Value.2</c> is the second value of the first filter.
/// </summary>
public sealed class Form
{
    private readonly SortedDictionary<string, Form> children = new(StringComparer.Ordinal);

    private Form(string? value) => Value = value;

    /// <summary>The text at this place; null when there is none.</summary>
    public string? Value { get; private set; }

    /// <summary>The names one level below.</summary>
    public IReadOnlyCollection<string> Names => children.Keys;

    /// <summary>Reads a form-encoded body.</summary>
    public static Form Read(string body)
    {
        var root = new Form(null);
        foreach (var pair in body.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(cut < 0 ? pair : pair[..cut]);
            root.Place(name.Split('.'), cut < 0 ? "" : Decode(pair[(cut + 1)..]));
        }

        return root;
    }

    /// <summary>The parameters of a JSON request, as a query request would have them.</summary>
    /// <param name="body">The request.</param>
    /// <param name="instants">The parameters that are instants, as seconds since 1970.</param>
    public static Form Of(JsonObject body, ImmutableArray<string> instants)
    {
        var root = new Form(null);
        root.Fill("", body, instants);
        return root;
    }

    /// <summary>The text of a parameter; null when it was not sent.</summary>
    public string? Text(string name) => Find(name)?.Value;

    /// <summary>The text of a parameter that must be sent.</summary>
    /// <exception cref="AwsErrorException"><c>MissingParameter</c>.</exception>
    public string Required(string name) => Text(name) is { Length: > 0 } text
        ? text
        : throw new AwsErrorException("MissingParameter", $"The request must contain the parameter {name}");

    /// <summary>A whole number; null when it was not sent.</summary>
    /// <exception cref="AwsErrorException"><c>InvalidParameterValue</c>: no number.</exception>
    public int? Number(string name) => Text(name) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new AwsErrorException("InvalidParameterValue", $"Value ({text}) for parameter {name} is invalid."),
    };

    /// <summary><c>true</c> or <c>false</c>; null when it was not sent.</summary>
    public bool? Flag(string name) => Text(name) is { Length: > 0 } text ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : null;

    /// <summary>What lies below a name, for a structure; null when nothing was sent.</summary>
    public Form? Find(string name)
    {
        var at = this;
        foreach (var part in name.Split('.'))
        {
            if (!at.children.TryGetValue(part, out var child))
                return null;
            at = child;
        }

        return at;
    }

    /// <summary>
    /// The entries of a list in the order of their numbers. EC2 lists are flat (<c>List("Filter")</c>), query lists name their
    /// members (<c>List("Subnets.member")</c>).
    /// </summary>
    public ImmutableArray<Form> List(string name) => Find(name) is not { } list
        ? []
        : [.. list.children
            .Where(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .OrderBy(child => int.Parse(child.Key, CultureInfo.InvariantCulture))
            .Select(child => child.Value)];

    /// <summary>The texts of a list, in order.</summary>
    public ImmutableArray<string> Texts(string name) => [.. List(name).Select(entry => entry.Value ?? "")];

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private void Place(string[] path, string value)
    {
        var at = this;
        foreach (var part in path)
            at = at.Child(part);
        at.Value = value;
    }

    private Form Child(string name)
    {
        if (!children.TryGetValue(name, out var child))
            children[name] = child = new Form(null);
        return child;
    }

    private void Fill(string name, JsonNode? node, ImmutableArray<string> instants)
    {
        switch (node)
        {
            case null:
                return;
            case JsonObject members:
                foreach (var (key, value) in members)
                    Child(key).Fill(key, value, instants);
                return;
            case JsonArray entries:
                foreach (var (at, entry) in entries.Index())
                    Child("member").Child((at + 1).ToString(CultureInfo.InvariantCulture)).Fill(name, entry, instants);
                return;
            default:
                Value = node.GetValueKind() switch
                {
                    JsonValueKind.String => node.GetValue<string>(),
                    JsonValueKind.Number when instants.Contains(name, StringComparer.Ordinal) => (DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(node.GetValue<double>())).ToString("O", CultureInfo.InvariantCulture),
                    _ => node.ToJsonString(),
                };
                return;
        }
    }
}
