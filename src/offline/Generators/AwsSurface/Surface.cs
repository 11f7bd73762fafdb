using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace AwsSurface;

/// <summary>One package of the surface file: what its client offers and how each piece travels.</summary>
internal sealed class Surface
{
    private readonly JsonElement _json;

    private Surface(string package, JsonElement json)
    {
        Package = package;
        _json = json;
        Operations = json.GetProperty("operations").EnumerateObject().Select(each => new Operation(each.Name, each.Value)).ToArray();
        Shapes = json.GetProperty("shapes").EnumerateObject().ToDictionary(each => each.Name, each => new Shape(each.Name, each.Value));
    }

    public string Package { get; }
    public string Protocol => Text("protocol");
    public string ApiVersion => Text("apiVersion");
    public string Namespace => Text("namespace");
    public string Model => Text("modelNamespace");
    public string Client => Text("client");
    public string Interface => Text("interface");
    public string Config => Text("config");
    public string Exception => Text("exception");
    public string SigningName => Text("signingName");
    public string ServiceId => Text("serviceId");
    public IReadOnlyList<Operation> Operations { get; }
    public IReadOnlyDictionary<string, Shape> Shapes { get; }

    /// <summary>Regions whose FIPS endpoint has the plain name.</summary>
    public IReadOnlyList<string> PlainFipsRegions => Json.Texts(_json, "plainFipsRegions");

    /// <summary>Error codes that the package's own retry policy counts as throttling, besides Core's.</summary>
    public IReadOnlyList<string> ThrottlingCodes => Json.Texts(_json, "throttlingCodes");

    public IEnumerable<Shape> Of(ShapeKind kind) => Shapes.Values.Where(shape => shape.Kind == kind);

    public Shape? Find(string type) => Shapes.TryGetValue(type, out var shape) ? shape : null;

    public bool IsConstant(string type) => Find(type)?.Kind == ShapeKind.Constant;

    public static Surface? Read(string text, string package)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty(package, out var json) ? new Surface(package, json.Clone()) : null;
    }

    private string Text(string name) => _json.GetProperty(name).GetString()!;
}

/// <summary>What a shape becomes in C#.</summary>
internal enum ShapeKind
{
    Class,
    Constant,
    Exception,
}

/// <summary>One call of the client.</summary>
internal sealed class Operation(string name, JsonElement json)
{
    public string Name => name;
    public string Request => json.GetProperty("request").GetString()!;
    public string Response => json.GetProperty("response").GetString()!;
    public string InputWire => json.GetProperty("inputWire").GetString()!;
    public IReadOnlyList<string> Overloads => Json.Texts(json, "overloads");
    public IReadOnlyList<string> Errors => Json.Texts(json, "errors");
}

/// <summary>One class of the model.</summary>
internal sealed class Shape(string name, JsonElement json)
{
    public string Name => name;

    public ShapeKind Kind { get; } = json.GetProperty("kind").GetString() switch
    {
        "class" => ShapeKind.Class,
        "exception" => ShapeKind.Exception,
        _ => ShapeKind.Constant,
    };

    public string? Base => Json.Text(json, "base");
    public string? ErrorCode => Json.Text(json, "errorCode");

    public IReadOnlyList<Member> Members { get; } =
        json.GetProperty("members").EnumerateObject().Select(each => new Member(each.Name, each.Value)).ToArray();

    /// <summary>The recorded constructors, each as its parameters; none recorded means the parameterless one alone.</summary>
    public IReadOnlyList<string[]> Constructors { get; } = json.TryGetProperty("constructors", out var all)
        ? all.EnumerateArray().Select(each => each.EnumerateArray().Select(part => part.GetString()!).ToArray()).ToArray()
        : [];
}

/// <summary>One property: its C# type, and its names on the way out and on the way back.</summary>
internal sealed class Member(string name, JsonElement json)
{
    public string Name => name;
    public string Type => json.GetProperty("type").GetString()!;
    public string Wire => json.GetProperty("wire").GetString()!;
    public string WireResponse => Json.Text(json, "wireResponse") ?? Wire;

    /// <summary>Where a REST member travels (header, uri, querystring, body), and under what key there.</summary>
    public string Place => Wire.Split(':')[0];
    public string Key => Wire.Substring(Wire.IndexOf(':') + 1);

    public bool HandWritten => Json.Flag(json, "handWritten");
    public bool IsSent => !Json.Flag(json, "responseOnly") && !HandWritten;
    public bool IsRead => !Json.Flag(json, "requestOnly");
    public bool IsList => Type.StartsWith("List<", System.StringComparison.Ordinal);
    public bool IsMap => Type.StartsWith("Dictionary<", System.StringComparison.Ordinal);
    public bool IsCollection => IsList || IsMap;

    /// <summary>The element type of a list, the value type of a map, else the type itself.</summary>
    public string Element => IsList ? Type.Substring(5, Type.Length - 6)
        : IsMap ? Type.Substring(19, Type.Length - 20)
        : Type;
}

/// <summary>Optional fields of the surface file.</summary>
internal static class Json
{
    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.GetBoolean();

    public static IReadOnlyList<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.EnumerateArray().Select(each => each.GetString()!).ToArray() : [];
}
