using System.Globalization;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Health check settings of a request, within the limits of the API (Elastic Load Balancing API Reference: CreateTargetGroup).</summary>
internal static class HealthCheckForm
{
    private static readonly HealthCheck TcpDefault = new("TCP", "traffic-port", 30, 10, 5, 2, null);
    private static readonly HealthCheck HttpDefault = new("HTTP", "traffic-port", 30, 6, 5, 2, "/");

    /// <param name="form">The request.</param>
    /// <param name="before">What it changes; null: a new group.</param>
    public static HealthCheck Read(Form form, HealthCheck? before = null)
    {
        if (form.Flag("HealthCheckEnabled") is false)
            throw ElbErrors.Invalid("Health check enabled must be true for target groups with target type 'ip'");
        var protocol = LoadBalancerCalls.OneOf(form.Text("HealthCheckProtocol") ?? before?.Protocol ?? "TCP", "healthCheckProtocol", "TCP", "HTTP", "HTTPS");
        var defaults = before ?? (protocol == "TCP" ? TcpDefault : HttpDefault with { Protocol = protocol });
        var path = form.Text("HealthCheckPath");
        if (protocol == "TCP" && path is not null)
            throw ElbErrors.Invalid("Health check path is not supported for health checks with protocol TCP");
        var check = new HealthCheck(
            protocol,
            Port(form.Text("HealthCheckPort")) ?? defaults.Port,
            Within(form, "HealthCheckIntervalSeconds", 5, 300) ?? defaults.IntervalSeconds,
            Within(form, "HealthCheckTimeoutSeconds", 2, 120) ?? defaults.TimeoutSeconds,
            Within(form, "HealthyThresholdCount", 2, 10) ?? defaults.HealthyThreshold,
            Within(form, "UnhealthyThresholdCount", 2, 10) ?? defaults.UnhealthyThreshold,
            path ?? defaults.Path);
        return check.TimeoutSeconds <= check.IntervalSeconds
            ? check
            : throw ElbErrors.Invalid($"Health check timeout '{check.TimeoutSeconds}' must be smaller than or equal to the interval '{check.IntervalSeconds}'");
    }

    private static int? Within(Form form, string name, int from, int to) => form.Number(name) switch
    {
        null => null,
        { } value when value >= from && value <= to => value,
        { } value => throw ElbErrors.Invalid($"1 validation error detected: Value '{value}' at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must have value between {from} and {to}"),
    };

    private static string? Port(string? text) => text switch
    {
        null or "" => null,
        "traffic-port" => text,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 => text,
        _ => throw ElbErrors.Invalid($"Health check port '{text}' must be in the range 1-65535 or 'traffic-port'"),
    };
}
