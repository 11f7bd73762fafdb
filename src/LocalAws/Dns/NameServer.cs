using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace LocalAws.Dns;

/// <summary>Names as a resolver inside the VPC sees them: a database's name gives its private address, even of a publicly accessible one.</summary>
public sealed class NameServer
{
    /// <summary>How long RDS lets its names be kept (Amazon RDS User Guide, "Switching a blue/green deployment": the default of the DNS zone).</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortestAnswer = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan GivesUp = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Func<ImmutableArray<IPAddress>>> answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> databases = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (DateTimeOffset Until, ImmutableArray<IPAddress> Found)?> cached = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Disturbance> disturbances = [];
    private readonly Cloud cloud;

    internal NameServer(Cloud cloud) => this.cloud = cloud;

    /// <summary>All names that are known, in order.</summary>
    public ImmutableArray<string> Names => [.. answers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// Gives a name its addresses. A name that is no database's belongs to a host of somebody's own, which listens on every port.
    /// </summary>
    public void Set(string host, params IEnumerable<IPAddress> addresses)
    {
        ImmutableArray<IPAddress> given = [.. addresses];
        answers[host] = () => given;
        if (databases.Contains(host))
            return;
        foreach (var address in given)
            cloud.Ec2.Ports.Open(address, null, [], cloud.Time.GetUtcNow());
    }

    /// <summary>Takes a name away: it no longer resolves.</summary>
    public void Forget(string host) => answers.Remove(host);

    /// <summary>Answers a name otherwise for a while; of several answers the one that was given last counts.</summary>
    /// <param name="host">The name.</param>
    /// <param name="answer">What is answered.</param>
    /// <param name="after">When that begins, from now.</param>
    /// <param name="lasts">For how long.</param>
    public void Disturb(string host, DnsAnswer answer, TimeSpan after, TimeSpan lasts)
    {
        var from = cloud.Time.GetUtcNow() + after;
        disturbances.Add(new(host, from, from + lasts, answer));
    }

    /// <summary>The resolver keeps answers for a name from now on, as the one of a VPC does: for their time to live.</summary>
    public void Cache(string host) => cached.TryAdd(host, null);

    /// <summary>What a resolver answers; nothing where the name exists and has no address.</summary>
    /// <exception cref="SocketException"><see cref="SocketError.HostNotFound"/>: nothing has that name; <see cref="SocketError.TryAgain"/>: no server answered.</exception>
    public async Task<ImmutableArray<IPAddress>> ResolveAsync(string host, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(host);
        await cloud.Time.Delay(cloud.Chance.Between(ShortestAnswer, LongestAnswer), token).ConfigureAwait(false);
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        var name = host.TrimEnd('.');
        var now = cloud.Time.GetUtcNow();
        if (cached.GetValueOrDefault(name) is { } kept && now < kept.Until)
            return kept.Found;
        var found = await AskAsync(name, now, token).ConfigureAwait(false);
        if (cached.ContainsKey(name))
            cached[name] = (now + TimeToLive, found);
        return found;
    }

    /// <summary>A database's name, whose addresses are looked up at each question.</summary>
    internal void Publish(string host, Func<ImmutableArray<IPAddress>> answer)
    {
        databases.Add(host);
        answers[host] = answer;
    }

    private async Task<ImmutableArray<IPAddress>> AskAsync(string name, DateTimeOffset now, CancellationToken token)
    {
        var disturbed = disturbances.LastOrDefault(one => one.Host.Equals(name, StringComparison.OrdinalIgnoreCase) && one.From <= now && now < one.Until);
        switch (disturbed?.Answer)
        {
            case DnsAnswer.Addresses other:
                return other.Found;
            case DnsAnswer.InTurns turns when (long)((now - disturbed.From) / TimeToLive) % 2 == 0:
                return turns.Found;
            case DnsAnswer.Empty:
                return [];
            case DnsAnswer.NotFound:
                throw new SocketException((int)SocketError.HostNotFound);
            case DnsAnswer.TimesOut:
                await cloud.Time.Delay(GivesUp, token).ConfigureAwait(false);
                throw new SocketException((int)SocketError.TryAgain);
            default:
                var found = answers.TryGetValue(name, out var answer) ? answer() : [];
                return found.IsEmpty ? throw new SocketException((int)SocketError.HostNotFound) : found;
        }
    }
}
