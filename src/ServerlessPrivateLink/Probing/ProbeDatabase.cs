using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Probing;

/// <param name="Link">Whose load balancer.</param>
/// <param name="LoadBalancerArn">Its ARN; of any other one it is refused.</param>
/// <param name="Exposures">The listeners to probe.</param>
public sealed record ProbeDatabaseInput(string Link, string LoadBalancerArn, ImmutableArray<ProbedListener> Exposures);

/// <param name="Database">Its name within the link.</param>
/// <param name="ListenerPort">The listener's port.</param>
/// <param name="Protocol">What the database speaks.</param>
public sealed record ProbedListener(string Database, int ListenerPort, DatabaseProtocol Protocol);

/// <param name="Probes">In the order of the listeners.</param>
/// <param name="Warnings">What a person should know, with what to do.</param>
public sealed record ProbeDatabaseOutput(ImmutableArray<DatabaseProbe> Probes, ImmutableArray<string> Warnings);

/// <summary>
/// Runs inside the VPC and uses no AWS permission. Goes the way that consumers go, through the load balancer's listener, and hears what
/// the database says before any login. Its network lets it reach this stack's load balancers and nothing else, whatever it is asked.
/// </summary>
public sealed partial class ProbeDatabase(ResolveHost resolve, ConnectTo connect, StackSettings settings, AwsDnsSuffix suffix, TimeProvider clock, ILogger<ProbeDatabase> log)
{
    private static readonly TimeSpan ToResolve = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(5);

    // One for each zone; a region has no more of them than this.
    private const int MostAddresses = 6;

    [LambdaFunction]
    public async Task<ProbeDatabaseOutput> Handle(ProbeDatabaseInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var name = BalancerName.Of(settings, suffix.Text, input.Link, input.LoadBalancerArn);
        var place = await LocateAsync(name, deadline.Token);
        var probes = await Task.WhenAll(input.Exposures.Select(listener => ProbeAsync(listener, place, deadline.Token)));
        foreach (var probe in probes) LogProbe(log, probe.Database, probe.ListenerPort, probe.Result, probe.Said);
        return new([.. probes], ProbeAdvice.Warnings([.. probes]));
    }

    private async Task<Place> LocateAsync(string name, CancellationToken token)
    {
        var began = clock.GetTimestamp();
        using var limit = Limit(ToResolve, token);
        try
        {
            var found = await resolve(name, limit.Token);
            ImmutableArray<IPAddress> inside = [.. found.Where(IsPrivate).Take(MostAddresses)];
            return new(inside, Since(began), inside.IsEmpty ? $"{name} has no private address" : "");
        }
        catch (SocketException failure)
        {
            return new([], Since(began), $"{name}: DNS answered {failure.SocketErrorCode}");
        }
        catch (OperationCanceledException)
        {
            return new([], Since(began), $"{name}: DNS did not answer in time");
        }
    }

    private async Task<DatabaseProbe> ProbeAsync(ProbedListener listener, Place place, CancellationToken token)
    {
        if (place.Addresses.IsEmpty) return Outcome(ProbeResult.Unresolved, place.Failure, null);

        var worst = Outcome(ProbeResult.TimedOut, "", null);
        foreach (var address in place.Addresses)
        {
            var began = clock.GetTimestamp();
            using var limit = Limit(ToConnect, token);
            try
            {
                var stream = await connect(address, listener.ListenerPort, limit.Token);
                await using (stream)
                {
                    var (connected, asked) = (Since(began), clock.GetTimestamp());
                    if (Tongue.Of(listener.Protocol) is not { } tongue) return Outcome(ProbeResult.Connected, "", connected);
                    var (result, said, tls) = await ListenAsync(stream, tongue, token);
                    return Outcome(result, said, connected, Since(asked), tls);
                }
            }
            catch (SocketException failure)
            {
                worst = Outcome(failure.SocketErrorCode is SocketError.ConnectionRefused ? ProbeResult.Refused : ProbeResult.TimedOut, $"{At(address)}: {failure.SocketErrorCode}", null);
            }
            catch (OperationCanceledException)
            {
                worst = Outcome(ProbeResult.TimedOut, $"{At(address)} did not answer in time", null);
            }
        }

        return worst;

        DatabaseProbe Outcome(ProbeResult result, string said, int? connected, int? answered = null, TlsOffer tls = TlsOffer.Unknown) =>
            new(listener.Database, listener.ListenerPort, listener.Protocol, result, said, tls, new(place.Milliseconds, connected, answered));

        string At(IPAddress address) => string.Create(CultureInfo.InvariantCulture, $"{address}:{listener.ListenerPort}");
    }

    private async Task<(ProbeResult Result, string Said, TlsOffer Tls)> ListenAsync(Stream stream, Tongue tongue, CancellationToken token)
    {
        using var limit = Limit(ToAnswer, token);
        var heard = new byte[Tongue.MostBytes];
        var length = 0;
        try
        {
            if (!tongue.Opening.IsEmpty) await stream.WriteAsync(tongue.Opening, limit.Token);
            while (length < heard.Length)
            {
                var read = await stream.ReadAsync(heard.AsMemory(length), limit.Token);
                if (read == 0) break;
                length += read;
                switch (tongue.Read(heard.AsMemory(0, length)))
                {
                    case Heard.Greeting greeting: return (ProbeResult.Answered, greeting.Said, greeting.Tls);
                    case Heard.Rejection rejection: return (ProbeResult.Rejected, rejection.Said, TlsOffer.Unknown);
                    case Heard.OtherTongue other: return (ProbeResult.Foreign, $"it said \"{other.Said}\"", TlsOffer.Unknown);
                }
            }
        }
        catch (Exception end) when (end is IOException or SocketException)
        {
            return (ProbeResult.Silent, "the connection was reset", TlsOffer.Unknown);
        }
        catch (OperationCanceledException)
        {
            return (ProbeResult.Silent, length == 0 ? "it says nothing" : "it stopped in the middle", TlsOffer.Unknown);
        }

        return length == 0
            ? (ProbeResult.Silent, "it closed the connection without a word", TlsOffer.Unknown)
            : (ProbeResult.Foreign, $"it said \"{SpokenText.Of(heard.AsSpan(0, length))}\"", TlsOffer.Unknown);
    }

    private static bool IsPrivate(IPAddress address) => Ipv4Block.TryFrom(address, out var number) && Ipv4Block.Private.Any(block => block.Contains(number));

    private int Since(long began) => (int)clock.GetElapsedTime(began).TotalMilliseconds;

    private TimeLimit Limit(TimeSpan limit, CancellationToken token) => new(limit, clock, token);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Database} at port {Port}: {Result} {Said}")]
    private static partial void LogProbe(ILogger logger, string database, int port, ProbeResult result, string said);

    private sealed record Place(ImmutableArray<IPAddress> Addresses, int Milliseconds, string Failure);
}
