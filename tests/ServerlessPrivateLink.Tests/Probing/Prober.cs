using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Amazon.Lambda.TestUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessPrivateLink.Probing;

namespace ServerlessPrivateLink.Tests.Probing;

/// <summary>The function with a network of the test's own.</summary>
internal static class Prober
{
    private static readonly StackSettings Settings = new("prod", "111122223333", "eu-central-1", "aws", "vpc-1", [], "arn:topic", "arn:topic");

    public static string Arn { get; } = $"arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/{ResourceName.LoadBalancer("prod", "orders")}/5d1b75f4f1cee11e";

    /// <summary>Whatever address the load balancer has, a connection leads to this port of the machine.</summary>
    public static Task<DatabaseProbe> ProbeAsync(DatabaseProtocol protocol, int loopbackPort, TimeProvider clock) =>
        ProbeAsync(protocol, ["10.0.0.7"], async (_, _, token) => await OpenAsync(loopbackPort, token), clock);

    public static async Task<DatabaseProbe> ProbeAsync(DatabaseProtocol protocol, ImmutableArray<string> addresses, ConnectTo connect, TimeProvider clock)
    {
        var function = new ProbeDatabase((_, _) => Task.FromResult<ImmutableArray<IPAddress>>([.. addresses.Select(IPAddress.Parse)]), connect, Settings, new("amazonaws.com"), clock, NullLogger<ProbeDatabase>.Instance);
        var output = await function.Handle(new("orders", Arn, [new("orders-prod", 5432, protocol)]), new TestLambdaContext { RemainingTime = TimeSpan.FromSeconds(60) });
        return output.Probes[0];
    }

    private static async Task<Stream> OpenAsync(int port, CancellationToken token)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, token);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
