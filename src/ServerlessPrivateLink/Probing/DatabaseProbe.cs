using System.Text.Json.Serialization;

namespace ServerlessPrivateLink.Probing;

/// <summary>What came of a probe, from the best to the worst.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProbeResult>))]
public enum ProbeResult
{
    /// <summary>The database speaks its protocol.</summary>
    Answered,

    /// <summary>The connection stands, and no protocol is known that could tell more.</summary>
    Connected,

    /// <summary>The database speaks its protocol, and turned us away.</summary>
    Rejected,

    /// <summary>Something speaks, and not the database's protocol.</summary>
    Foreign,

    /// <summary>The connection stands, and nothing is said in time, or it was closed without a word.</summary>
    Silent,

    /// <summary>The connection was refused.</summary>
    Refused,

    /// <summary>No connection came about in time.</summary>
    TimedOut,

    /// <summary>The load balancer's name has no address that could be probed.</summary>
    Unresolved,
}

/// <summary>What a client in the VPC found behind one listener.</summary>
/// <param name="Database">Its name within the link.</param>
/// <param name="ListenerPort">The port that was probed.</param>
/// <param name="Protocol">What was expected there.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Said">What the database said of itself, or why there is no answer.</param>
/// <param name="Tls">What it says of encryption.</param>
/// <param name="Times">How long each part took.</param>
public sealed record DatabaseProbe(string Database, int ListenerPort, DatabaseProtocol Protocol, ProbeResult Result, string Said, TlsOffer Tls, ProbeTimes Times)
{
    /// <summary>Whether a client that comes this way reaches the database.</summary>
    public bool IsGood => Result is ProbeResult.Answered or ProbeResult.Connected;
}

/// <summary>In milliseconds; null where it did not come to that.</summary>
public sealed record ProbeTimes(int? Resolve, int? Connect, int? Answer);
