using System.Globalization;
using System.Xml.Linq;

namespace LocalAws.Wire;

/// <summary>The members of an XML answer. A value that is null leaves its element out, as AWS does.</summary>
internal static class Xml
{
    public static XElement? Of(string name, string? value) => value is null ? null : new(name, value);

    public static XElement? Of(string name, int? value) => value is null ? null : new(name, value.Value.ToString(CultureInfo.InvariantCulture));

    public static XElement? Of(string name, bool? value) => value is null ? null : new(name, value.Value ? "true" : "false");

    public static XElement Of(string name, DateTimeOffset value) =>
        new(name, value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    public static XElement Node(string name, params IEnumerable<XElement?> members) => new(name, members);

    /// <summary>A list; each entry is the content of one <paramref name="item"/>.</summary>
    public static XElement List<T>(string name, string item, IEnumerable<T> entries, Func<T, IEnumerable<XElement?>> write) =>
        new(name, entries.Select(entry => new XElement(item, write(entry))));

    public static XElement Texts(string name, string item, IEnumerable<string> texts) => new(name, texts.Select(text => new XElement(item, text)));
}
