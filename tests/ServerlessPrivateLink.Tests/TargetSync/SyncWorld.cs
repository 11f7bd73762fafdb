using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws;
using LocalAws.Rds;
using LocalAws.Sns;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.TargetSync;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;
using Execution = LocalAws.States.Running.Execution;
using Tag = Amazon.ElasticLoadBalancingV2.Model.Tag;
using TargetGroup = LocalAws.LoadBalancing.TargetGroup;

namespace ServerlessPrivateLink.Tests.TargetSync;

/// <summary>A stack with links whose targets are healthy, and its sync.</summary>
internal sealed class SyncWorld
{
    public const string OnCluster = """{ "cluster": "ledger", "endpoint": "writer", "listenerPort": 13306 }, { "cluster": "ledger", "endpoint": "reader", "listenerPort": 13307 }""";

    public const string WithStandby = """{ "instance": "orders-prod", "standby": "keep" }""";

    public const string OnHost = """{ "host": "warehouse.corp.example", "port": 5439, "allowedCidrs": ["10.9.0.0/16"] }""";

    private readonly OperatorClients operators;
    private int invocations;

    public SyncWorld(string databases = """{ "instance": "orders-prod" }""", int seed = 1, string nameWatch = "ENABLED", Action<Cloud>? prepare = null)
    {
        World = new(seed, nameWatch);
        prepare?.Invoke(World.Cloud);
        operators = OperatorClients.Of(World.Cloud);
        World.Build(World.Document(databases));
    }

    public World World { get; }

    public DbInstance Orders => World.Cloud.Rds.FindInstance("orders-prod")!;

    public DbCluster Ledger => World.Cloud.Rds.FindCluster("ledger")!;

    public IEnumerable<PublishedMessage> News => World.Alerts.Where(static alert => !alert.Subject!.Contains("link.", StringComparison.Ordinal));

    /// <summary>What happened, in order: the alerts' events.</summary>
    public string[] Told => [.. News.Select(static alert => alert.Subject!.Split(' ')[1])];

    /// <summary>One run of the sync.</summary>
    /// <returns>What it returned; a failure's error is the second.</returns>
    public (JsonElement Output, string? Error) Sync(string payload = "{}")
    {
        var function = World.Deployed.Functions["SyncTargets"];
        var ended = World.Cloud.Time.Run(() => World.Cloud.Lambda.InvokeAsync(function, Encoding.UTF8.GetBytes(payload), $"sync-{++invocations}"));
        return (JsonDocument.Parse(ended.Payload).RootElement, ended.FunctionError);
    }

    /// <summary>RDS tells something of a database.</summary>
    public StartFollowOutput Hear(string id, string database = "db:orders-prod", string eventId = "RDS-EVENT-0013", string at = "2026-01-01T07:59:00Z")
    {
        var payload = JsonSerializer.Serialize(new { source = "aws.rds", id, detail = new { SourceArn = $"arn:aws:rds:eu-central-1:111122223333:{database}", EventID = eventId, Date = at } });
        var ended = World.Cloud.Time.Run(() => World.Cloud.Lambda.InvokeAsync(World.Deployed.Functions["StartFollow"], Encoding.UTF8.GetBytes(payload), $"hear-{++invocations}"));
        Assert.True(ended.FunctionError is null, Encoding.UTF8.GetString(ended.Payload.Span));
        return JsonSerializer.Deserialize<StartFollowOutput>(ended.Payload.Span)!;
    }

    /// <summary>One run that must end well.</summary>
    public JsonElement Succeed(string payload = "{}")
    {
        var (output, error) = Sync(payload);
        Assert.True(error is null, output.ToString());
        return output;
    }

    /// <summary>A minute passes and the schedule's run with it.</summary>
    public JsonElement Minute()
    {
        World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        return Succeed();
    }

    /// <summary>The registered targets of a database, and those that still drain are none.</summary>
    public ImmutableArray<string> Targets(string database) =>
    [
        .. Group(database).TargetsAt(World.Cloud.Time.GetUtcNow()).Where(static target => target.DrainsUntil is null).Select(static target => target.Address.ToString()).Order(StringComparer.Ordinal),
    ];

    /// <summary>The state of each listed target, by its address.</summary>
    public ImmutableSortedDictionary<string, string> Health(string database) => World.Cloud.Time
        .Run(() => operators.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = Group(database).Arn }))
        .TargetHealthDescriptions.ToImmutableSortedDictionary(static one => one.Target.Id, static one => one.TargetHealth.State.Value, StringComparer.Ordinal);

    public TargetGroup Group(string database) => World.TargetGroups.Single(group => group.Tags[ResourceTags.Database] == database);

    public DateTimeOffset RegisteredAt(string database, IPAddress address) =>
        Group(database).TargetsAt(World.Cloud.Time.GetUtcNow()).Single(target => target.Address.Equals(address)).RegisteredAt;

    /// <summary>The executions that followed failovers.</summary>
    public IReadOnlyList<Execution> Followings => World.Cloud.StepFunctions.Executions(World.Deployed.StateMachines["FollowFailover"].Arn);

    public string Address(string instance) => World.Cloud.Rds.FindInstance(instance)!.Address!.ToString();

    /// <summary>Somebody takes a target away by hand.</summary>
    public void Deregister(string database, string address) => World.Cloud.Time.Run(() => operators.LoadBalancing.DeregisterTargetsAsync(
        new DeregisterTargetsRequest { TargetGroupArn = Group(database).Arn, Targets = [new TargetDescription { Id = address }] }));

    /// <summary>Somebody changes a tag by hand.</summary>
    public void Tag(string database, string key, string value) => World.Cloud.Time.Run(() => operators.LoadBalancing.AddTagsAsync(
        new AddTagsRequest { ResourceArns = [Group(database).Arn], Tags = [new Tag { Key = key, Value = value }] }));

    public void Point(params string[] addresses) => World.Cloud.Dns.Set(World.Warehouse, addresses.Select(IPAddress.Parse));
}
