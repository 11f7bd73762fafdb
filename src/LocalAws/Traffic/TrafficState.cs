using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LocalAws.Ec2;
using LocalAws.Lambda;
using LocalAws.LoadBalancing;
using LocalAws.Templates;

namespace LocalAws.Traffic;

/// <summary>
/// TCP connections in the account's network: what security groups and network ACLs do not let through is dropped, a port at which nothing
/// listens refuses, and a load balancer hands the client on to one of its targets.
/// </summary>
public sealed class TrafficState
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(1);

    // Linux gives up after six repetitions (tcp(7), tcp_syn_retries).
    private static readonly TimeSpan GivesUp = TimeSpan.FromSeconds(127);

    private readonly Dictionary<IPAddress, Speech> speeches = [];
    private readonly Cloud cloud;

    internal TrafficState(Cloud cloud) => this.cloud = cloud;

    /// <summary>What listens at an address says this from now on, whatever database is there.</summary>
    public void Say(IPAddress address, Speech speech) => speeches[address] = speech;

    /// <summary>The connections of a function; without a VPC it does not reach the account's network.</summary>
    internal ConnectTo From(VpcSettings? vpc) => (address, port, token) => ConnectAsync(vpc, address, port, token);

    private async Task<Stream> ConnectAsync(VpcSettings? vpc, IPAddress address, int port, CancellationToken token)
    {
        await cloud.Time.Delay(RoundTrip, token).ConfigureAwait(false);
        var (listens, at, reached) = vpc is not null && cloud.Ec2.Find<Subnet>(vpc.SubnetIds[0]) is { } subnet
            ? Follow(vpc.SecurityGroupIds, FirstOf(subnet), address, port)
            : (false, address, false);
        if (!reached)
        {
            await cloud.Time.Delay(GivesUp, token).ConfigureAwait(false);
            throw new SocketException((int)SocketError.TimedOut);
        }

        return listens
            ? new SpokenStream(cloud.Time, SpeechAt(at, port))
            : throw new SocketException((int)SocketError.ConnectionRefused);
    }

    private (bool Listens, IPAddress At, bool Reached) Follow(ImmutableArray<string> groupIds, IPAddress from, IPAddress address, int port)
    {
        var balancer = cloud.LoadBalancing.All<LoadBalancer>().FirstOrDefault(one => one.Nodes.Any(node => node.Interface.Address.Equals(address)));
        if (balancer is null)
        {
            var there = cloud.Ec2.Ports.Find(address, port);
            return (there is { IsOpen: true }, address, Passes(groupIds, from, address, port, there?.GroupIds ?? []));
        }

        if (!Passes(groupIds, from, address, port, balancer.GroupIds) || cloud.LoadBalancing.TargetFor(balancer, port) is not { } target)
            return (false, address, false);
        var behind = cloud.Ec2.Ports.Find(target.Address, target.Port);
        return (behind is { IsOpen: true }, target.Address, Passes(balancer.GroupIds, address, target.Address, target.Port, behind?.GroupIds ?? []));
    }

    private bool Passes(ImmutableArray<string> groupIds, IPAddress from, IPAddress to, int port, ImmutableArray<string> groupsThere) =>
        cloud.Ec2.AclsPass(from, to, port)
        && (groupIds.IsEmpty || Rules(groupIds, egress: true).Any(rule => rule.Spec.Admits(port, to, groupsThere)))
        && (groupsThere.IsEmpty || Rules(groupsThere, egress: false).Any(rule => rule.Spec.Admits(port, from, groupIds)));

    private IEnumerable<SecurityGroupRule> Rules(ImmutableArray<string> groupIds, bool egress) =>
        cloud.Ec2.All<SecurityGroupRule>().Where(rule => rule.Egress == egress && groupIds.Contains(rule.GroupId, StringComparer.Ordinal));

    private Speech SpeechAt(IPAddress address, int port)
    {
        if (speeches.TryGetValue(address, out var said))
            return said;
        var database = cloud.Rds.Instances.FirstOrDefault(instance => address.Equals(instance.Address));
        return Speech.OfEngine(database?.Engine ?? "", port);
    }

    // An address that a function's interface could have; which one is all the same to the rules.
    private static IPAddress FirstOf(Subnet subnet) => Cidr.At(Cidr.Parse(subnet.CidrBlock)!.Value, 4);
}
