using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace LocalAws.Dns;

/// <summary>Names as a resolver inside the VPC sees them: a database's name gives its private address, even of a publicly accessible one.</summary>
public sealed class NameServer
{
    private static readonly TimeSpan ShortestAnswer = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, Func<ImmutableArray<IPAddress>>> answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> databases = new(StringComparer.OrdinalIgnoreCase);
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

    /// <summary>What a resolver answers.</summary>
    /// <exception cref="SocketException"><see cref="SocketError.HostNotFound"/>: nothing has that name.</exception>
    public async Task<ImmutableArray<IPAddress>> ResolveAsync(string host, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(host);
        await cloud.Time.Delay(cloud.Chance.Between(ShortestAnswer, LongestAnswer), token).ConfigureAwait(false);
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        var found = answers.TryGetValue(host.TrimEnd('.'), out var answer) ? answer() : [];
        return found.IsEmpty ? throw new SocketException((int)SocketError.HostNotFound) : found;
    }

    /// <summary>A database's name, whose addresses are looked up at each question.</summary>
    internal void Publish(string host, Func<ImmutableArray<IPAddress>> answer)
    {
        databases.Add(host);
        answers[host] = answer;
    }
}
