using System.Collections.Immutable;
using System.Net.Sockets;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink.Provisioning;

/// <param name="VpcCidrs">The VPC's blocks, for <paramref name="Exposures"/>.</param>
/// <param name="Exposures">Databases that must all have usable addresses, or the call fails and says why.</param>
/// <param name="Hosts">Names that are only looked up: each gets its own answer, whatever becomes of the others.</param>
/// <param name="Watch">Names that are looked up again and again.</param>
public sealed record ResolveAddressesInput(ImmutableArray<string> VpcCidrs, ImmutableArray<Exposure> Exposures, ImmutableArray<string>? Hosts = null, NameWatch? Watch = null);

/// <param name="Addresses">Of the exposures.</param>
/// <param name="Answers">Of every name, its own; those that are watched only when they have moved.</param>
/// <param name="Watch">What comes next, for names that are watched.</param>
public sealed record ResolveAddressesOutput(ImmutableArray<DatabaseAddresses> Addresses, ImmutableArray<HostAnswer> Answers, NameWatch? Watch = null);

/// <summary>The addresses of one exposure's hosts, as the VPC sees them.</summary>
public sealed record DatabaseAddresses(string Database, ImmutableArray<string> Addresses);

/// <summary>Runs inside the VPC and uses no AWS permission: the real resolver is all that it asks.</summary>
public sealed partial class ResolveAddresses(ResolveHost resolve, TimeProvider clock, ILogger<ResolveAddresses> log)
{
    // The VPC's resolver answers in milliseconds. What waits longer than this waits for an answer that does not come.
    private static readonly TimeSpan PerName = TimeSpan.FromSeconds(3);

    [LambdaFunction]
    public async Task<ResolveAddressesOutput> Handle(ResolveAddressesInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        if (input.Watch is { } watch) return await WatchAsync(watch, deadline.Token);

        var hosts = input.Exposures.SelectMany(static exposure => exposure.Hosts).Concat(input.Hosts ?? []).Distinct(StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        var answers = await Task.WhenAll(hosts.Select(host => AskAsync(host, deadline.Token)));
        foreach (var answer in answers) LogAnswer(log, answer.Host, answer.Addresses, answer.Failure);
        return new(AddressReview.Judge(input.Exposures, input.VpcCidrs, [.. answers]), [.. answers]);
    }

    private async Task<ResolveAddressesOutput> WatchAsync(NameWatch watch, CancellationToken token)
    {
        var answers = await Task.WhenAll(watch.Names.Select(name => AskAsync(name.Host, token)));
        var next = watch.After(answers.ToDictionary(static answer => answer.Host, StringComparer.OrdinalIgnoreCase), clock.GetUtcNow());
        ImmutableArray<HostAnswer> moved = [.. answers.Where((_, at) => next.Names[at] != watch.Names[at])];
        foreach (var answer in moved) LogAnswer(log, answer.Host, answer.Addresses, answer.Failure);
        return new([], moved, next);
    }

    private async Task<HostAnswer> AskAsync(string host, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(PerName, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            var addresses = await resolve(host, either.Token);
            return new(host, [.. addresses.Select(static address => address.ToString())], "");
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData
                ? new(host, [], "the name has no address in this VPC's DNS")
                : new(host, [], $"DNS answered {failure.SocketErrorCode}", Silent: true);
        }
        catch (OperationCanceledException)
        {
            return new(host, [], "DNS did not answer in time", Silent: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Host} is at {Addresses} {Failure}")]
    private static partial void LogAnswer(ILogger logger, string host, ImmutableArray<string> addresses, string failure);
}
