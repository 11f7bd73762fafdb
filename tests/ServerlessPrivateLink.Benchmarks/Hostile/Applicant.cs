using LocalAws.Ec2;

namespace ServerlessPrivateLink.Benchmarks.Hostile;

/// <summary>Who asks for connections, and what has to come of it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Consumer">Its entry in the link document; null: it has none, and somebody allowed it by hand.</param>
/// <param name="Region">From where; null: the service's own Region.</param>
/// <param name="Places">How many of its requests are accepted, the earliest; null: all.</param>
/// <param name="Otherwise">The state of the rest.</param>
/// <param name="Told">The event that people hear of a request that gets no place.</param>
internal sealed record Applicant(string Account, string? Consumer, string? Region, int? Places, string Otherwise, string Told)
{
    private const string Waiting = "pendingAcceptance";
    private const string Flagged = "connection.flagged";

    public static readonly Applicant[] All =
    [
        new("111111111111", "\"111111111111\"", null, null, "", ""),
        new("222222222222", """{ "principal": "222222222222", "maxConnections": 2 }""", null, 2, Waiting, Flagged),
        new("333333333333", """{ "principal": "333333333333", "accept": "ask" }""", null, 0, Waiting, Flagged),
        new("444444444444", """{ "principal": "444444444444", "accept": "never" }""", null, 0, "rejected", "connection.rejected"),
        new("555555555555", """{ "principal": "555555555555", "regions": ["eu-west-1"] }""", "eu-west-1", null, "", ""),
        new("666666666666", "\"666666666666\"", "eu-west-1", 0, Waiting, Flagged),
        new("999999999999", null, null, 0, Waiting, Flagged),
    ];

    /// <summary>Whether a request is to be accepted.</summary>
    /// <param name="connection">The request.</param>
    /// <param name="all">All requests of the account.</param>
    public bool Deserves(EndpointConnection connection, IEnumerable<EndpointConnection> all) =>
        Places is not { } places || all.OrderBy(static one => one.CreatedAt).ThenBy(static one => one.EndpointId, StringComparer.Ordinal).Take(places).Contains(connection);
}
