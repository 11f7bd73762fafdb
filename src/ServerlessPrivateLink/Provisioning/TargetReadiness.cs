using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>How the wanted targets of one exposure are.</summary>
public sealed record GroupHealth(string Database, ImmutableArray<TargetState> Targets)
{
    public bool Serves => Targets.Any(IsHealthy);

    public bool IsSettled => Serves && !Targets.Any(static target => Is(target, "initial"));

    public static GroupHealth Of(ExposedTargetGroup group, ImmutableArray<string> wanted, ImmutableArray<TargetState> found) =>
        new(group.Database, [.. wanted.Select(address => found.FirstOrDefault(target => target.Address == address && target.Port == group.Port)
            ?? new(address, group.Port, "unregistered", "", "not registered"))]);

    public static bool IsHealthy(TargetState target) => Is(target, "healthy");

    private static bool Is(TargetState target, string state) => target.State.Equals(state, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Whether every exposure can be used. One reader that is down among several does not keep a link from being announced.</summary>
public static class TargetReadiness
{
    /// <exception cref="TargetsNotHealthyException">An exposure has no healthy target, and was asked as often as the limit allows.</exception>
    public static bool IsReady(ImmutableArray<GroupHealth> groups, int checks, int limit)
    {
        if (groups.All(static group => group.IsSettled)) return true;
        if (checks < limit) return false;
        return groups.All(static group => group.Serves) ? true : throw new TargetsNotHealthyException(Sick(groups.Where(static group => !group.Serves)), checks);
    }

    public static ImmutableArray<string> Warnings(ImmutableArray<GroupHealth> groups) => [.. Sick(groups)];

    private static IEnumerable<string> Sick(IEnumerable<GroupHealth> groups) =>
        from @group in groups
        from target in @group.Targets
        where !GroupHealth.IsHealthy(target)
        select string.Create(CultureInfo.InvariantCulture, $"{@group.Database}: {target.Address} port {target.Port} is {target.State} ({target.Reason} {target.Description})")
            .Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal).Replace(" ()", "", StringComparison.Ordinal);
}

public sealed class TargetsNotHealthyException(IEnumerable<string> targets, int checks)
    : RefusedException(
        string.Create(CultureInfo.InvariantCulture, $"After {checks} checks there are databases without a healthy target. {string.Join("; ", targets)}."),
        "Check that the database listens on that port and that no network ACL lies between it and the load balancer's subnets, then start the execution again with the same document.");
