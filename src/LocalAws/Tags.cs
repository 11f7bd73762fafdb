using System.Collections.Immutable;
using LocalAws.Wire;

namespace LocalAws;

/// <summary>The tags of one resource; keys are case-sensitive, as in AWS.</summary>
/// <param name="Values">Key to value, in the order of the keys.</param>
public sealed record Tags(ImmutableSortedDictionary<string, string> Values)
{
    /// <summary>No tags.</summary>
    public static readonly Tags None = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>Whether there are any.</summary>
    public bool Any => !Values.IsEmpty;

    /// <summary>The value of a key; null when the key is absent.</summary>
    public string? this[string key] => Values.GetValueOrDefault(key);

    /// <summary>Reads entries with a <c>Key</c> and a <c>Value</c>.</summary>
    public static Tags Read(IEnumerable<Form> entries) =>
        None.With(entries.Select(entry => KeyValuePair.Create(entry.Required("Key"), entry.Text("Value") ?? "")));

    /// <summary>These tags with others added; a key that exists takes the new value.</summary>
    public Tags With(IEnumerable<KeyValuePair<string, string>> more) => new(Values.SetItems(more));

    /// <summary>These tags without some keys.</summary>
    public Tags Without(IEnumerable<string> keys) => new(Values.RemoveRange(keys));
}
