using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>Objects of one package with every used member filled, and objects told as values by path, in the names of the service model.</summary>
internal sealed class Samples(string package)
{
    private readonly JsonElement _used = AwsSurface.Used(package).GetProperty("shapes");
    private readonly JsonElement _record = AwsSurface.Record(package).GetProperty("shapes");
    private int _count;

    public object Filled(Type type)
    {
        _count++;
        if (type == typeof(string))
            return $"text <{_count}> & more";
        if (type == typeof(MemoryStream))
            return new MemoryStream([1, 2, (byte)_count]);
        if (type.IsSubclassOf(typeof(ConstantClass)))
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)[0].GetValue(null)!;
        if (type.IsGenericType && Nullable.GetUnderlyingType(type) is null)
            return FilledCollection(type);
        return (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var value when value == typeof(bool) => _count % 2 == 0,
            var value when value == typeof(int) => _count,
            var value when value == typeof(long) => (long)_count,
            var value when value == typeof(DateTime) => new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddSeconds(_count),
            var shape => FilledShape(shape),
        };
    }

    /// <summary>The same object as the parameters of a call in another SDK.</summary>
    public JsonNode? Parameters(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        DateTime time => Told(time),
        MemoryStream bytes => Convert.ToBase64String(bytes.ToArray()),
        ConstantClass constant => constant.Value,
        IDictionary map => new JsonObject(map.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, Parameters(map[key])))),
        IList list => new JsonArray([.. list.Cast<object>().Select(Parameters)]),
        _ => new JsonObject(Members(value.GetType()).Select(member => KeyValuePair.Create(member.Model, Parameters(member.Property.GetValue(value))))),
    };

    public IEnumerable<(string Path, string Value)> Values(object? value, string path = "")
    {
        var inside = path.Length == 0 ? "" : path + ".";
        return value switch
        {
            null => [(path, "null")],
            bool flag => [(path, flag ? "true" : "false")],
            DateTime time => [(path, Told(time))],
            MemoryStream bytes => [(path, Convert.ToBase64String(bytes.ToArray()))],
            ConstantClass constant => [(path, constant.Value)],
            string or int or long or double => [(path, string.Create(CultureInfo.InvariantCulture, $"{value}"))],
            IDictionary map => map.Keys.Cast<string>().SelectMany(key => Values(map[key], $"{path}.{char.ToUpperInvariant(key[0])}{key[1..]}")),
            IList list => list.Cast<object>().SelectMany((each, index) => Values(each, $"{path}[{index}]")),
            _ => Members(value.GetType()).SelectMany(member => Values(member.Property.GetValue(value), inside + member.Model)),
        };
    }

    private static string Told(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private object FilledCollection(Type type)
    {
        var collection = Activator.CreateInstance(type)!;
        var element = type.GetGenericArguments()[^1];
        foreach (var key in new[] { "key one", "key two" })
        {
            if (collection is IDictionary map)
                map.Add(key, Filled(element));
            else
                ((IList)collection).Add(Filled(element));
        }
        return collection;
    }

    private object FilledShape(Type type)
    {
        var shape = Activator.CreateInstance(type)!;
        foreach (var (property, _) in Members(type))
            property.SetValue(shape, Filled(property.PropertyType));
        return shape;
    }

    private IEnumerable<(PropertyInfo Property, string Model)> Members(Type type) =>
        _used.GetProperty(type.Name).GetProperty("members").EnumerateObject()
            .Where(member => !member.Value.TryGetProperty("handWritten", out _))
            .Select(member => (type.GetProperty(member.Name)!, ModelName(type.Name, member.Name)));

    private string ModelName(string shape, string member) =>
        _record.GetProperty(shape).GetProperty("members").GetProperty(member).TryGetProperty("modelName", out var name) ? name.GetString()! : member;
}
