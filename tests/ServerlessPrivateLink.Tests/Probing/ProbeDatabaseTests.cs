using System.Net;
using System.Net.Sockets;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Faults;
using LocalAws.States.Running;
using LocalAws.Timing;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Probing;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Probing;

public sealed class ProbeDatabaseTests
{
    private static readonly byte[] Prelogin = [0x04, 0x01, 0x00, 0x1A, 0, 0, 1, 0, 0, 0, 0x0B, 0, 6, 1, 0, 0x11, 0, 1, 0xFF, 0x10, 0, 3, 0xE8, 0, 0, 3];

    private readonly SimulatedTime time = new(new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_SQL_Server_of_captured_bytes_answers_over_a_real_socket_in_pieces()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
#pragma warning disable CA2025 // It has played before the answer is there.
        var played = PlayAsync(listener);
#pragma warning restore CA2025

#pragma warning disable RS0030 // Sockets live in real time.
        var probe = await Prober.ProbeAsync(DatabaseProtocol.SqlServer, ((IPEndPoint)listener.LocalEndpoint).Port, TimeProvider.System);
#pragma warning restore RS0030

        Assert.Equal((ProbeResult.Answered, "SQL Server 16.0.1000", TlsOffer.Required), (probe.Result, probe.Said, probe.Tls));
        Assert.Equal(SqlServerTongue.Prelogin.ToArray(), await played);
    }

    [Fact]
    public void A_port_that_refuses_is_told_and_the_next_zone_is_asked()
    {
        var asked = new List<string>();

        var probe = time.Run(() => Prober.ProbeAsync(DatabaseProtocol.Unknown, ["10.0.0.7", "10.0.1.7"], Connect, time));

        Assert.Equal(["10.0.0.7", "10.0.1.7"], asked);
        Assert.Equal((ProbeResult.Connected, null), (probe.Result, probe.Times.Answer));

        Task<Stream> Connect(IPAddress address, int port, CancellationToken token)
        {
            asked.Add(address.ToString());
            return asked.Count == 1 ? throw new SocketException((int)SocketError.ConnectionRefused) : Task.FromResult(Stream.Null);
        }
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    public void An_address_that_no_load_balancer_of_the_vpc_has_is_not_connected_to(string address)
    {
        var probe = time.Run(() => Prober.ProbeAsync(DatabaseProtocol.PostgreSql, [address], static (_, _, _) => throw new InvalidOperationException("it connected"), time));

        Assert.Equal(ProbeResult.Unresolved, probe.Result);
    }

    [Fact]
    public void Nobody_is_waited_for_longer_than_a_few_seconds()
    {
        var silent = time.Run(() => Prober.ProbeAsync(DatabaseProtocol.PostgreSql, ["10.0.0.7"], (_, _, _) => Task.FromResult<Stream>(new NeverSpeaking(time)), time));
        var began = time.GetUtcNow();
        var lost = time.Run(() => Prober.ProbeAsync(DatabaseProtocol.PostgreSql, ["10.0.0.7", "10.0.1.7"], async (_, _, token) =>
        {
            await time.Delay(TimeSpan.FromMinutes(2), token);
            return Stream.Null;
        }, time));

        Assert.Equal((ProbeResult.Silent, "it says nothing"), (silent.Result, silent.Said));
        Assert.Equal(ProbeResult.TimedOut, lost.Result);
        Assert.Equal(TimeSpan.FromSeconds(8), time.GetUtcNow() - began);
    }

    [Fact]
    public void Provisioning_hears_both_databases_and_says_so_in_its_output()
    {
        var world = new World();

        var output = world.Build(World.Document("""{ "instance": "orders-prod" }, { "cluster": "ledger", "ignoreConnectErrors": true }"""));

        Assert.Equal(
            ["PostgreSQL", "MySQL 8.0.39"],
            output.GetProperty("Probes").EnumerateArray().Select(static probe => probe.GetProperty("Said").GetString()));
        Assert.All(output.GetProperty("Probes").EnumerateArray(), static probe => Assert.Equal("Answered", probe.GetProperty("Result").GetString()));
        Assert.Empty(output.GetProperty("Warnings").EnumerateArray());
        Assert.Contains(world.Deployed.SecurityGroups["ProbedSecurityGroup"].GroupId, world.Balancer.GroupIds);
    }

    [Fact]
    public void A_database_that_says_something_else_is_a_warning_and_the_link_is_announced()
    {
        var world = new World();
        world.Cloud.Traffic.Say(world.Cloud.Rds.FindInstance("orders-prod")!.Address!, new("HTTP/1.1 400 Bad Request"u8.ToArray(), static _ => ReadOnlyMemory<byte>.Empty));

        var output = world.Build(World.Document());

        Assert.Equal("Foreign", output.GetProperty("Probes")[0].GetProperty("Result").GetString());
        Assert.Contains("does not speak PostgreSQL: it said \"HTTP/1.1 400", Assert.Single(output.GetProperty("Warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains(world.Alerts, static alert => alert.Subject == "[info] link.ready orders");
    }

    [Fact]
    public void A_probe_that_cannot_run_is_a_warning_too()
    {
        var world = new World();
        var load = world.Cloud.Lambda.Loader!;
        world.Cloud.Lambda.Loader = (function, surroundings) => function.LogicalId == "ProbeDatabase" ? static (_, _) => throw new InvalidOperationException("no interface") : load(function, surroundings);

        var output = world.Build(World.Document());

        Assert.Empty(output.GetProperty("Probes").EnumerateArray());
        Assert.Contains("log of ProbeDatabase", Assert.Single(output.GetProperty("Warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_is_heard_while_what_the_document_no_longer_asks_for_still_stands()
    {
        var world = new World();
        var (load, heard) = (world.Cloud.Lambda.Loader!, new List<int[]>());
        world.Cloud.Lambda.Loader = (function, surroundings) =>
        {
            var code = load(function, surroundings);
            return function.LogicalId != "ProbeDatabase" ? code : (payload, context) =>
            {
                heard.Add([.. world.Listeners.Select(static listener => listener.Port).Order()]);
                return code(payload, context);
            };
        };
        world.Build(World.Document("""{ "instance": "orders-prod" }, { "cluster": "ledger" }"""));

        world.Build(World.Document("""{ "instance": "orders-prod" }"""));

        Assert.Equal(2, heard.Count);
        Assert.Equal([3306, 5432], heard[1]);
        Assert.Equal(5432, Assert.Single(world.Listeners).Port);
    }

    [Fact]
    public void What_a_database_said_is_told_of_a_run_that_fails_afterwards_too()
    {
        var world = new World();
        world.Build(World.Document("""{ "instance": "orders-prod" }, { "cluster": "ledger" }"""));
        world.Cloud.Traffic.Say(world.Cloud.Rds.FindInstance("orders-prod")!.Address!, new("HTTP/1.1 400 Bad Request"u8.ToArray(), static _ => ReadOnlyMemory<byte>.Empty));
        world.Cloud.Faults.Plan(FaultKind.Denied, static call => call.Operation.Name == "DeleteTargetGroup");

        Assert.Equal(ExecutionStatus.Failed, world.Provision(World.Document()).Status);

        Assert.Equal("[critical] link.failed orders", world.Alerts[^1].Subject);
        Assert.Contains("warnings: orders-prod", world.Alerts[^1].Message, StringComparison.Ordinal);
        Assert.Contains("does not speak PostgreSQL", world.Alerts[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_was_built_before_gets_the_security_group_at_its_next_run()
    {
        var world = new World();
        world.Build(World.Document());
        using var person = OperatorClients.Of(world.Cloud);
        var own = world.Balancer.GroupIds.Remove(world.Deployed.SecurityGroups["ProbedSecurityGroup"].GroupId);
        world.Cloud.Time.Run(() => person.LoadBalancing.SetSecurityGroupsAsync(new SetSecurityGroupsRequest { LoadBalancerArn = world.Balancer.Arn, SecurityGroups = [.. own] }));

        Assert.Equal(["elasticloadbalancing:SetSecurityGroups"], world.Changes(World.Document()).ToArray());
        Assert.Equal(2, world.Balancer.GroupIds.Length);
    }

    private static async Task<byte[]> PlayAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var heard = new byte[SqlServerTongue.Prelogin.Length];
        await stream.ReadExactlyAsync(heard);
        await stream.WriteAsync(Prelogin.AsMemory(0, 5));
        await stream.FlushAsync();
        await stream.WriteAsync(Prelogin.AsMemory(5));
        return heard;
    }

    private sealed class NeverSpeaking(SimulatedTime time) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await time.Delay(TimeSpan.FromHours(1), cancellationToken);
            return 0;
        }
    }
}
