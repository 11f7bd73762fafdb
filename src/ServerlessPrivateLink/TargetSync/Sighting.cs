using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>Where a database was seen, and since when. It is kept in tags of the target group, so that no run needs another's memory.</summary>
/// <param name="Addresses">Its addresses, separated by spaces; a fingerprint of them when they are longer than a tag may be.</param>
/// <param name="Since">When it was first seen there.</param>
public sealed record Sighting(string Addresses, DateTimeOffset Since)
{
    // Elastic Load Balancing API Reference, Tag: a value has at most 256 characters.
    private const int Longest = 256;

    private const string Hashed = "sha256:";

    /// <summary>Tells places apart in few letters.</summary>
    public string Fingerprint => Hash(Addresses)[..12];

    /// <summary>The same of where a database is.</summary>
    public static string FingerprintOf(Whereabouts where) => Hash(TextOf(where.Addresses))[..12];

    /// <summary>The addresses one by one; none where only their fingerprint is known.</summary>
    public ImmutableArray<string> Listed => Addresses.StartsWith(Hashed, StringComparison.Ordinal) ? [] : [.. Addresses.Split(' ')];

    /// <summary>What to note after a look: the same while nothing moved, and while it is not known whether anything did.</summary>
    public static Sighting? After(Sighting? before, Whereabouts where, DateTimeOffset now)
    {
        if (where.Addresses.IsEmpty || !where.Doubts.IsEmpty) return before;
        var text = TextOf(where.Addresses);
        return before?.Addresses == text ? before : new(text, now);
    }

    /// <summary>Whether the database is known to be elsewhere than when it was seen last.</summary>
    public static bool Moved(Sighting? before, Whereabouts where) => After(before, where, DateTimeOffset.MaxValue) != before;

    /// <summary>Addresses as they are kept, the same for any order.</summary>
    internal static string TextOf(ImmutableArray<string> addresses)
    {
        var text = string.Join(' ', addresses.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return text.Length <= Longest ? text : $"{Hashed}{Hash(text)}";
    }

    public static Sighting? Read(IReadOnlyDictionary<string, string> tags) =>
        tags.GetValueOrDefault(ResourceTags.Addresses) is { Length: > 0 } addresses && SyncedGroup.Time(tags.GetValueOrDefault(ResourceTags.Since)) is { } since
            ? new(addresses, since)
            : null;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
