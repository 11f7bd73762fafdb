using System.Globalization;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>Whether a load balancer can carry an endpoint service yet.</summary>
public static class LoadBalancerActivity
{
    /// <exception cref="LoadBalancerNotActiveException">It failed, or it was asked as often as the limit allows.</exception>
    public static bool IsActive(string arn, string state, string reason, int checks, int limit) => state switch
    {
        // Impaired means that a zone is short of capacity; the others serve.
        "active" or "active_impaired" => true,
        "failed" => throw new LoadBalancerNotActiveException(arn, $"failed {reason}".TrimEnd(), checks),
        _ when checks >= limit => throw new LoadBalancerNotActiveException(arn, $"{state} {reason}".TrimEnd(), checks),
        _ => false,
    };
}

public sealed class LoadBalancerNotActiveException(string arn, string state, int checks)
    : RefusedException(
        string.Create(CultureInfo.InvariantCulture, $"The load balancer {arn} is not active after {checks} checks; its state is: {state}."),
        "Look at the load balancer in the EC2 console. If it failed, delete it, then start the execution again with the same document; what else exists is kept.");
