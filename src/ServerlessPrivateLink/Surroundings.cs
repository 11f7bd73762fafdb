using System.Collections;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;

namespace ServerlessPrivateLink;

/// <summary>The addresses of a host name, of either family, as the resolver of where the code runs sees them.</summary>
/// <exception cref="SocketException">The name does not exist, or no answer came.</exception>
public delegate Task<ImmutableArray<IPAddress>> ResolveHost(string host, CancellationToken token);

/// <summary>A TCP connection from where the code runs.</summary>
/// <exception cref="SocketException">None came about.</exception>
public delegate Task<Stream> ConnectTo(IPAddress address, int port, CancellationToken token);

/// <summary>Everything that a function takes from outside.</summary>
/// <param name="Environment">Its environment variables.</param>
/// <param name="Credentials">Null: the role's own, from the environment.</param>
/// <param name="Clock">Its time.</param>
/// <param name="Resolve">Its DNS.</param>
/// <param name="Connect">Its network.</param>
/// <param name="Http">Null: the SDK's own HTTP client. Given: an AWS in process, whose retries belong to the state machine alone.</param>
public sealed record Surroundings(
    IReadOnlyDictionary<string, string> Environment,
    AWSCredentials? Credentials,
    TimeProvider Clock,
    ResolveHost Resolve,
    ConnectTo Connect,
    HttpClientFactory? Http)
{
    private const int NamesAtOnce = 64;

    /// <summary>Where log lines go.</summary>
    public TextWriter Log { get; init; } = TextWriter.Null;

    internal static Surroundings OfLambda() =>
        new(
            System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToImmutableDictionary(
                static entry => (string)entry.Key,
                static entry => (string?)entry.Value ?? "",
                StringComparer.Ordinal),
            Credentials: null,
#pragma warning disable RS0030 // This is the composition root.
            TimeProvider.System,
#pragma warning restore RS0030
            ResolveAsync,
            ConnectAsync,
            Http: null)
        {
            // The stream itself: Lambda's runtime replaces Console.Out by a writer that would wrap each JSON line into another.
            Log = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true }),
        };

    private static async Task<ImmutableArray<IPAddress>> ResolveAsync(string host, CancellationToken token)
    {
        // Asking DNS blocks a thread until the answer comes; names that never answer must not keep the others from being asked.
        ThreadPool.SetMinThreads(NamesAtOnce, NamesAtOnce);
        return [.. await Dns.GetHostAddressesAsync(host, token)];
    }

    private static async Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken token)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
