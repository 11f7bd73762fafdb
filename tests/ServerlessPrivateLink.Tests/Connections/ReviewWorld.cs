using System.Text;
using System.Text.Json;
using Amazon.EC2.Model;
using LocalAws.Ec2;
using LocalAws.Sns;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Connections;

/// <summary>A stack with a link, its consumers' accounts, and its review of connections.</summary>
internal sealed class ReviewWorld
{
    public const string Named = "133737826969";
    public const string Asked = "210987654321";
    public const string Stranger = "999999999999";
    public const string Anna = "arn:aws:sts::111122223333:assumed-role/operators/anna";

    private readonly OperatorClients operators;
    private int invocations;

    public ReviewWorld(string consumers = "\"133737826969\"", string more = "", int seed = 1)
    {
        World = new(seed);
        operators = OperatorClients.Of(World.Cloud);
        World.Build(World.Document(consumers: consumers, more: more));
        World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>One in which no event wakes a review that may overlap with those of the test.</summary>
    public static ReviewWorld Quiet(string consumers = "\"133737826969\"")
    {
        var world = new ReviewWorld(consumers);
        world.World.Cloud.Ec2.Services.IsMute = true;
        return world;
    }

    public World World { get; }

    public IEnumerable<PublishedMessage> News => World.Alerts.Where(static alert => alert.Subject!.Contains("connection.", StringComparison.Ordinal));

    /// <summary>What happened, in order: the alerts' events.</summary>
    public string[] Told => [.. News.Select(static alert => alert.Subject!.Split(' ')[1])];

    public EndpointConnection Connect(string account = Named, string? region = null)
    {
        var connection = World.Cloud.Ec2.Services.Connect(World.Service.Name, account, region: region);
        World.Cloud.Time.Advance(TimeSpan.FromMilliseconds(1));
        return connection;
    }

    /// <summary>A connection that its event's review has seen by now.</summary>
    public EndpointConnection ConnectAndWait(string account)
    {
        var connection = Connect(account);
        World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        return connection;
    }

    public string StateOf(EndpointConnection connection) => connection.StateAt(World.Cloud.Time.GetUtcNow());

    public (JsonElement Output, string? Error) Review(string happened = "{}") => Invoke("ReviewConnections", happened);

    /// <summary>A person answers through the product.</summary>
    public (JsonElement Output, string? Error) Answer(string endpointId, string verdict = "Accept", bool isOverride = false, bool isWithdrawn = false, string reason = "they called", string link = "orders") =>
        Invoke("AnswerConnection", JsonSerializer.Serialize(new { Link = link, EndpointId = endpointId, Verdict = verdict, Override = isOverride, Withdraw = isWithdrawn, Reason = reason, Who = Anna }));

    private (JsonElement Output, string? Error) Invoke(string id, string payload)
    {
        var ended = World.Cloud.Time.Run(() => World.Cloud.Lambda.InvokeAsync(World.Deployed.Functions[id], Encoding.UTF8.GetBytes(payload), $"by-test-{++invocations}"));
        return (JsonDocument.Parse(ended.Payload).RootElement, ended.FunctionError);
    }

    /// <summary>Reviews that begin in one instant and must end well.</summary>
    public void ReviewAtOnce(int runs)
    {
        var ended = World.Cloud.Time.Run(() => Task.WhenAll(Enumerable.Range(0, runs).Select(run =>
            World.Cloud.Lambda.InvokeAsync(World.Deployed.Functions["ReviewConnections"], Encoding.UTF8.GetBytes("{}"), $"at-once-{++invocations}"))));
        Assert.All(ended, static one => Assert.True(one.FunctionError is null, Encoding.UTF8.GetString(one.Payload.ToArray())));
    }

    /// <summary>A review that must end well.</summary>
    public JsonElement Succeed(string happened = "{}")
    {
        var (output, error) = Review(happened);
        Assert.True(error is null, output.ToString());
        return output;
    }

    /// <summary>A principal is allowed by hand, without a word of the link.</summary>
    public void AllowByHand(string account) => World.Cloud.Time.Run(() => operators.Ec2.ModifyVpcEndpointServicePermissionsAsync(
        new ModifyVpcEndpointServicePermissionsRequest { ServiceId = World.Service.Id, AddAllowedPrincipals = [$"arn:aws:iam::{account}:root"] }));

    /// <summary>A person writes a tag.</summary>
    public void TagByHand(EndpointConnection connection, string key, string value) => World.Cloud.Time.Run(() => operators.Ec2.CreateTagsAsync(
        new CreateTagsRequest { Resources = [connection.Id], Tags = [new Amazon.EC2.Model.Tag { Key = key, Value = value }] }));

    /// <summary>A person accepts in the console.</summary>
    public void AcceptByHand(EndpointConnection connection) => World.Cloud.Time.Run(() => operators.Ec2.AcceptVpcEndpointConnectionsAsync(
        new AcceptVpcEndpointConnectionsRequest { ServiceId = World.Service.Id, VpcEndpointIds = [connection.EndpointId] }));
}
