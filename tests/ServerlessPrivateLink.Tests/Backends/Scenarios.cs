using System.Collections.Immutable;
using LocalAws.States.Running;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>What every AWS must show, whoever made it; looked at through its API alone.</summary>
internal static class Scenarios
{
    /// <summary>A link is built, stands as the document says, is left alone by a second run, and follows a changed document.</summary>
    public static void A_new_link_is_built(Backend backend)
    {
        var (one, other) = backend.Consumers;
        var document = World.Document(backend.Database, $"\"{one}\"", backend.Subnets);
        Assert.NotEmpty(Build(backend, document));
        StandsAsWritten(backend, document);

        Assert.Empty(Build(backend, document));

        var changed = World.Document(backend.Database, $$"""
            "{{one}}", { "principal": "{{other}}", "accept": "ask" }
            """, backend.Subnets);
        Assert.Equal(["ModifyVpcEndpointServicePermissions", "CreateTags", "Publish", "CreateTags"], Build(backend, changed).AsEnumerable());
        Assert.Equal(new[] { Root(one, "auto"), Root(other, "ask") }.Order(StringComparer.Ordinal), Principals(backend, changed));

        Assert.Equal(["ModifyVpcEndpointServicePermissions", "Publish", "CreateTags"], Build(backend, document).AsEnumerable());
        Assert.Equal([Root(backend.Consumers.One, "auto")], Principals(backend, document));
    }

    private static ImmutableArray<string> Build(Backend backend, string document)
    {
        var run = backend.Provision(document);
        Assert.True(run.Status is ExecutionStatus.Succeeded, run.Problem);
        return run.Changes;
    }

    private static void StandsAsWritten(Backend backend, string document)
    {
        var facts = backend.Look(document);

        var group = Assert.Single(facts.TargetGroups);
        Assert.Equal([backend.DatabaseAddress], group.Targets.Select(static target => $"{target.Address} {target.Port}"));
        Assert.Equal("TCP every 5 s, 2 to rise, 2 to fall", group.HealthCheck);
        var balancer = facts.LoadBalancer!;
        Assert.Equal(("network", "internal", "active", true), (balancer.Type, balancer.Scheme, balancer.State, balancer.CrossZone));
        Assert.Equal(backend.Zones, balancer.Zones.Length);
        var listener = Assert.Single(balancer.Listeners);
        Assert.Equal((backend.DatabasePort, "TCP", group.Arn), (listener.Port, listener.Protocol, listener.TargetGroupArn));
        var service = facts.Service!;
        Assert.True(service.AcceptanceRequired);
        Assert.Equal([balancer.Arn], service.LoadBalancerArns.AsEnumerable());
        Assert.Equal([Root(backend.Consumers.One, "auto")], Principals(backend, document));
        Assert.Equal(["Accept", "Connect", "Delete", "Reject"], Assert.Single(service.Notifications).Events.Order(StringComparer.Ordinal));
        var rule = Assert.Single(facts.Rules);
        Assert.Equal((backend.DatabasePort, backend.DatabasePort, facts.SecurityGroup!.GroupId), (rule.FromPort, rule.ToPort, rule.Source));
        Assert.Contains(rule.GroupId, Assert.Single(facts.Databases).SecurityGroupIds);
    }

    private static string Root(string account, string accept) => $"arn:aws:iam::{account}:root {accept}";

    private static IEnumerable<string> Principals(Backend backend, string document) =>
        backend.Look(document).Service!.Principals.Select(static one => $"{one.Principal} {one.Accept}").Order(StringComparer.Ordinal);
}
