using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Probing;

/// <summary>What a probe means to a person, and what to do about it.</summary>
public static class ProbeAdvice
{
    public static ImmutableArray<string> Warnings(ImmutableArray<DatabaseProbe> probes) =>
        [.. probes.Where(static probe => !probe.IsGood).Select(static probe => $"{What(probe)} {Remedy(probe)}")];

    public static string What(DatabaseProbe probe) => string.Create(CultureInfo.InvariantCulture, $"{probe.Database} at port {probe.ListenerPort}: ") + probe.Result switch
    {
        ProbeResult.Answered => $"{probe.Said} answered through the load balancer.",
        ProbeResult.Connected => "a connection through the load balancer stands.",
        ProbeResult.Rejected => $"it answered through the load balancer, and turned the probe away: {probe.Said}.",
        ProbeResult.Foreign => $"what answers through the load balancer does not speak {Named(probe.Protocol)}: {probe.Said}.",
        ProbeResult.Silent => $"a connection through the load balancer stands, and then {probe.Said}.",
        ProbeResult.Refused => $"the connection through the load balancer was refused ({probe.Said}).",
        ProbeResult.TimedOut => $"no connection through the load balancer came about ({probe.Said}).",
        _ => $"the load balancer's name could not be resolved ({probe.Said}).",
    };

    public static string Remedy(DatabaseProbe probe) => probe.Result switch
    {
        ProbeResult.Rejected => "Clients will be turned away too: look at the database's log and at how many connections it has and allows (for MySQL error 1129, set max_connect_errors higher and flush its host cache).",
        ProbeResult.Foreign or ProbeResult.Silent => "Check that the port is the database's own, and that nothing else listens at its address.",
        ProbeResult.Refused => "Check that the database listens on its port and that a target is healthy.",
        ProbeResult.TimedOut => "Check security groups, network ACLs and routes between the load balancer and the database.",
        ProbeResult.Unresolved => "Turn the VPC's DNS resolution on, and wait until the load balancer is active.",
        _ => "Nothing.",
    };

    private static string Named(DatabaseProtocol protocol) => protocol switch
    {
        DatabaseProtocol.PostgreSql => "PostgreSQL",
        DatabaseProtocol.MySql => "MySQL",
        _ => "SQL Server",
    };
}
