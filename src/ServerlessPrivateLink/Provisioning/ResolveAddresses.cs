using System.Collections.Immutable;
using System.Net.Sockets;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record ResolveAddressesInput(ImmutableArray<string> VpcCidrs, ImmutableArray<Exposure> Exposures);

public sealed record ResolveAddressesOutput(ImmutableArray<DatabaseAddresses> Addresses);

/// <summary>The addresses of one exposure's hosts, as the VPC sees them.</summary>
public sealed record DatabaseAddresses(string Database, ImmutableArray<string> Addresses);

/// <summary>Runs inside the VPC and uses no AWS permission: the real resolver is all that it asks.</summary>
public sealed partial class ResolveAddresses(ResolveHost resolve, TimeProvider clock, ILogger<ResolveAddresses> log)
{
    private static readonly TimeSpan PerName = TimeSpan.FromSeconds(10);

    [LambdaFunction]
    public async Task<ResolveAddressesOutput> Handle(ResolveAddressesInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var hosts = input.Exposures.SelectMany(static exposure => exposure.Hosts).Distinct(StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        var answers = await Task.WhenAll(hosts.Select(host => AskAsync(host, deadline.Token)));
        foreach (var answer in answers) LogAnswer(log, answer.Host, answer.Addresses, answer.Failure);
        return new(AddressReview.Judge(input.Exposures, input.VpcCidrs, [.. answers]));
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
