using System.Text.Json.Serialization;

namespace ServerlessPrivateLink.Probing;

/// <summary>What the first bytes from a database say.</summary>
public abstract record Heard
{
    private Heard()
    {
    }

    /// <summary>Not enough yet.</summary>
    public sealed record Beginning : Heard;

    /// <summary>The database speaks the protocol.</summary>
    /// <param name="Said">Its name and version, as far as it tells.</param>
    /// <param name="Tls">What it says of encryption.</param>
    public sealed record Greeting(string Said, TlsOffer Tls) : Heard;

    /// <summary>The database speaks the protocol, and turns us away.</summary>
    public sealed record Rejection(string Said) : Heard;

    /// <summary>Something else speaks.</summary>
    public sealed record OtherTongue(string Said) : Heard;
}

[JsonConverter(typeof(JsonStringEnumConverter<TlsOffer>))]
public enum TlsOffer
{
    Unknown,
    NotOffered,
    Offered,
    Required,
}
