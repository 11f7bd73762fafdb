using System.Collections.Immutable;
using System.Net;

namespace LocalAws.Dns;

/// <summary>What a resolver answers for a while instead of the truth.</summary>
public abstract record DnsAnswer
{
    private DnsAnswer()
    {
    }

    /// <summary>These addresses.</summary>
    public sealed record Addresses(ImmutableArray<IPAddress> Found) : DnsAnswer;

    /// <summary>The truth and these addresses in turns, each for five seconds, as when some of the name's servers are behind the others.</summary>
    public sealed record InTurns(ImmutableArray<IPAddress> Found) : DnsAnswer;

    /// <summary>The name exists and has no address.</summary>
    public sealed record Empty : DnsAnswer;

    /// <summary>No such name.</summary>
    public sealed record NotFound : DnsAnswer;

    /// <summary>No answer, until the resolver gives up.</summary>
    public sealed record TimesOut : DnsAnswer;
}

/// <summary>A time in which a name is answered otherwise.</summary>
/// <param name="Host">The name.</param>
/// <param name="From">Its first instant.</param>
/// <param name="Until">The instant after its last.</param>
/// <param name="Answer">What is answered.</param>
internal sealed record Disturbance(string Host, DateTimeOffset From, DateTimeOffset Until, DnsAnswer Answer);
