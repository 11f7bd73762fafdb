using System.Collections.Immutable;

namespace ServerlessPrivateLink.Release;

/// <summary>Something that carries the tags of a link.</summary>
/// <param name="Kind">What it is, as a person says it.</param>
/// <param name="Id">Its id or ARN.</param>
public sealed record Remnant(string Kind, string Id)
{
    public override string ToString() => $"{Kind} {Id}";

    public static string List(ImmutableArray<Remnant> remnants) => string.Join(", ", remnants);
}
