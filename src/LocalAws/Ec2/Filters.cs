using System.Collections;
using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>
/// The filters of a describe. Values of one filter are alternatives, filters add up, <c>*</c> and <c>?</c> are wildcards
/// (docs.aws.amazon.com: "List and filter your resources", Amazon EC2 User Guide).
/// </summary>
/// <param name="tags">The tags that <c>tag:…</c> and <c>tag-key</c> look at; null: the list has no such filters.</param>
internal sealed class Filters<T>(Func<T, Tags>? tags = null) : IEnumerable<string>
{
    private readonly Dictionary<string, Func<T, IEnumerable<string?>>> fields = new(StringComparer.Ordinal);

    public void Add(string name, Func<T, string?> value) => fields.Add(name, item => [value(item)]);

    public void Add(string name, Func<T, IEnumerable<string?>> values) => fields.Add(name, values);

    public IEnumerable<T> Apply(IEnumerable<T> all, Form form) => form.List("Filter").Aggregate(all, Narrow);

    public IEnumerator<string> GetEnumerator() => fields.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<T> Narrow(IEnumerable<T> all, Form filter)
    {
        var name = filter.Required("Name");
        var values = Field(name);
        var wanted = filter.Texts("Value").Select(Pattern).ToImmutableArray();
        return all.Where(item => values(item).Any(value => value is not null && wanted.Any(pattern => Wildcard.Matches(pattern, value, ignoreCase: false))));
    }

    /// <summary>A backslash takes the next character as it is.</summary>
    private static PatternText Pattern(string text)
    {
        var pattern = PatternText.Empty;
        for (var at = 0; at < text.Length; at++)
        {
            var isEscape = text[at] == '\\' && at + 1 < text.Length;
            pattern += isEscape ? PatternText.Quote(text[++at].ToString()) : PatternText.Of(text[at].ToString());
        }

        return pattern;
    }

    private Func<T, IEnumerable<string?>> Field(string name)
    {
        if (fields.TryGetValue(name, out var field))
            return field;
        if (tags is not null && name == "tag-key")
            return item => tags(item).Values.Keys;
        if (tags is not null && name.StartsWith("tag:", StringComparison.Ordinal))
            return item => [tags(item)[name["tag:".Length..]]];
        throw new AwsErrorException("InvalidParameterValue", $"The filter '{name}' is invalid");
    }
}
