using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Rds;

/// <summary>Filters of RDS describes: values of one are alternatives, filters add up.</summary>
internal static class RdsFilters
{
    /// <param name="all">What is listed.</param>
    /// <param name="form">The request.</param>
    /// <param name="valuesOf">What an item has for a filter; null: there is no such filter.</param>
    public static IEnumerable<T> Apply<T>(IEnumerable<T> all, Form form, Func<T, string, IEnumerable<string?>?> valuesOf) =>
        form.List("Filters.Filter").Aggregate(all, (items, filter) => Narrow([.. items], filter.Required("Name"), filter.Texts("Values.Value"), valuesOf));

    public static string? Arn(JsonObject facts, string name) => (string?)facts[name];

    private static IEnumerable<T> Narrow<T>(ImmutableArray<T> items, string name, ImmutableArray<string> wanted, Func<T, string, IEnumerable<string?>?> valuesOf) =>
        items.Where(item => (valuesOf(item, name) ?? throw new AwsErrorException("InvalidParameterValue", $"Unrecognized filter name: {name}"))
            .Any(value => value is not null && wanted.Contains(value, StringComparer.OrdinalIgnoreCase)));
}

/// <summary>Pages of RDS describes: 20 to 100 records.</summary>
internal static class RdsPage
{
    private const int Smallest = 20;
    private const int Largest = 100;

    public static Answer Write<T>(ApiCall call, string list, string item, IEnumerable<T> all, Func<T, IEnumerable<XElement?>> write)
    {
        var size = call.Form.Number("MaxRecords") ?? Largest;
        if (size is < Smallest or > Largest)
            throw new AwsErrorException("InvalidParameterValue", $"Invalid value {size} for MaxRecords. Must be between {Smallest} and {Largest}");
        var page = Page.Of(all, size, call.Form.Text("Marker"), () => new("InvalidParameterValue", "Marker is invalid."));
        return Answer.Of(Xml.List(list, item, page.Items, write), Xml.Of("Marker", page.Next));
    }
}
