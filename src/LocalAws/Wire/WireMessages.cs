using System.Collections.Immutable;

namespace LocalAws.Wire;

/// <summary>An HTTP request as it came through a door.</summary>
/// <param name="Method">GET, POST, ….</param>
/// <param name="Path">The path, still encoded.</param>
/// <param name="Query">The query string without its question mark, still encoded.</param>
/// <param name="Headers">Headers; names compare without case.</param>
/// <param name="Body">The body.</param>
public sealed record WireRequest(string Method, string Path, string Query, ImmutableDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The header's value, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>An HTTP answer on its way out of a door.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The body's content type.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">Further headers.</param>
public sealed record WireResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body, ImmutableDictionary<string, string> Headers);
