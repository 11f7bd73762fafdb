using System.Collections.Immutable;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>A place where an instance lives: a network interface of RDS and its address. An address may be given to somebody else; an interface's id never is.</summary>
public sealed record Place(string Interface, string Address)
{
    public string Text => $"{Interface}={Address}";

    internal static Place? Read(string text) => text.Split('=') is [{ Length: > 0 } face, { Length: > 0 } address] ? new(face, address) : null;
}

/// <summary>The two places of a Multi-AZ instance whose standby is kept: a tag of its target group.</summary>
/// <param name="Primary">Where its name leads.</param>
/// <param name="Standby">Where it was the primary before; null: that is not known, or is no place of it any more.</param>
public sealed record NotedPlaces(Place Primary, Place? Standby)
{
    public string Text => Standby is null ? Primary.Text : $"{Primary.Text} {Standby.Text}";

    /// <summary>Null for what is no such note: then nothing is known.</summary>
    internal static NotedPlaces? Read(string? text)
    {
        ImmutableArray<Place?> places = [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Place.Read)];
        return places is [{ } primary, .. var rest] && rest.Length < 2 && !rest.Contains(null) ? new(primary, rest.FirstOrDefault()) : null;
    }
}
