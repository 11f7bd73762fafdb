using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Elastic Load Balancing's refusals (API Reference, "Errors" of each action; messages as the service words them).</summary>
internal static class ElbErrors
{
    public static AwsErrorException Invalid(string message) => new("ValidationError", message);

    public static AwsErrorException LoadBalancerNotFound(string? name = null) =>
        new("LoadBalancerNotFound", name is null ? "One or more load balancers not found" : $"Load balancers '[{name}]' not found");

    public static AwsErrorException TargetGroupNotFound() => new("TargetGroupNotFound", "One or more target groups not found");

    public static AwsErrorException ListenerNotFound() => new("ListenerNotFound", "One or more listeners not found");

    /// <summary>A parameter that must be sent, in this service's words.</summary>
    public static string Needed(this Form form, string name) => form.Text(name) is { Length: > 0 } text
        ? text
        : throw Invalid($"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");
}
