using System.Net;
using System.Net.Sockets;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Ec2;
using LocalAws.Templates;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Traffic;

public sealed class TrafficTests
{
    private const int Port = 5432;

    private readonly ExampleAccount account = new();
    private readonly string group;
    private readonly LocalAws.LoadBalancing.LoadBalancer balancer;

    public TrafficTests()
    {
        (var arn, group) = account.Serve();
        balancer = account.Cloud.LoadBalancing.Find<LocalAws.LoadBalancing.LoadBalancer>(arn)!;
        account.Register(group, account.AddressOfOrders());
        account.Pass(400);
    }

    private string Client => account.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroup>().FirstOrDefault(one => one.Name == "client")?.Id ?? account.MakeSecurityGroup("client");

    [Fact]
    public void A_client_whom_the_load_balancers_group_does_not_name_hears_nothing()
    {
        Assert.Equal(SocketError.TimedOut, ErrorOf(() => Connect(Port)));

        LetIn();

        Assert.Equal("S", Heard());
    }

    [Fact]
    public void The_load_balancers_name_leads_to_a_node_in_each_zone()
    {
        var found = account.Cloud.Time.Run(() => account.Cloud.Dns.ResolveAsync(balancer.DnsName, CancellationToken.None));

        Assert.Equal(balancer.Nodes.Select(static node => node.Interface.Address), found);
    }

    [Fact]
    public void A_database_that_has_stopped_refuses_and_a_port_without_a_listener_drops()
    {
        LetIn();
        account.Cloud.Ec2.Ports.Close(IPAddress.Parse(account.AddressOfOrders()), Port, account.Cloud.Time.GetUtcNow());

        Assert.Equal(SocketError.ConnectionRefused, ErrorOf(() => Connect(Port)));
        Assert.Equal(SocketError.TimedOut, ErrorOf(() => Connect(3306)));
    }

    [Fact]
    public void Without_a_target_nothing_answers()
    {
        LetIn();
        account.Run(() => account.Elb.DeregisterTargetsAsync(new DeregisterTargetsRequest { TargetGroupArn = group, Targets = [new() { Id = account.AddressOfOrders(), Port = Port }] }));

        Assert.Equal(SocketError.TimedOut, ErrorOf(() => Connect(Port)));
    }

    [Fact]
    public void A_database_whose_group_no_longer_names_the_load_balancers_hears_nothing()
    {
        LetIn();
        foreach (var rule in account.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroupRule>().Where(rule => rule.Spec.Kind == PeerKind.Group && balancer.GroupIds.Contains(rule.Spec.Peer)).ToList())
            account.Cloud.Ec2.Remove(rule.Id);

        Assert.Equal(SocketError.TimedOut, ErrorOf(() => Connect(Port)));
    }

    [Fact]
    public void What_is_not_in_the_vpc_reaches_nothing_in_it()
    {
        LetIn();

        Assert.Equal(SocketError.TimedOut, ErrorOf(() => account.Cloud.Traffic.From(null)(balancer.Nodes[0].Interface.Address, Port, CancellationToken.None)));
    }

    private void LetIn()
    {
        var guard = account.Cloud.Ec2.Find<LocalAws.Ec2.SecurityGroup>(balancer.GroupIds[0])!;
        account.Cloud.Ec2.AddRule(guard, egress: false, new("tcp", 0, 65_535, PeerKind.Group, Client, null, null));
    }

    private Task<Stream> Connect(int port) =>
        account.Cloud.Traffic.From(new VpcSettings([ExampleAccount.DataSubnets[1]], [Client]))(balancer.Nodes[0].Interface.Address, port, CancellationToken.None);

    private string Heard() => account.Cloud.Time.Run(async () =>
    {
        await using var stream = await Connect(Port);
        await stream.WriteAsync(new byte[8]);
        var heard = new byte[16];
        return System.Text.Encoding.ASCII.GetString(heard, 0, await stream.ReadAsync(heard));
    });

    private SocketError ErrorOf(Func<Task<Stream>> connect) => Assert.Throws<SocketException>(() => account.Cloud.Time.Run(connect)).SocketErrorCode;
}
