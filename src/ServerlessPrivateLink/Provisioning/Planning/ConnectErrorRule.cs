using System.Globalization;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>
/// MySQL and MariaDB count a connection that is closed before its login as an error of the host it came from, and after max_connect_errors of them
/// admit that host no more (MySQL Reference Manual, "Host 'host_name' is blocked"). A TCP health check is just that, so that the load balancer
/// would shut itself out within minutes. A successful login sets the count back, but nobody promises one in time.
/// </summary>
public static class ConnectErrorRule
{
    public const int Least = 1_000_000;

    private const ulong EngineDefault = 100;

    public static IEnumerable<Finding> Of(string database, string path, string region, FoundDatabase.Rds found)
    {
        if (!Counts(found.Engine)) yield break;

        foreach (var instances in found.Instances.GroupBy(instance => (instance.Parameters?.Name, Effective(instance.Parameters, found.ClusterParameters))))
        {
            var (_, (value, hostCacheSize, group)) = instances.Key;
            var names = string.Join(", ", instances.Select(static instance => instance.Identifier));
            if (hostCacheSize == "0") continue;
            var most = EngineDefault;
            if (value is null || ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out most))
            {
                if (most < Least)
                    yield return new Finding.Refusal(RefusalCode.ConnectErrorsTooFew, path, Reason(database, names, most, found.Engine), Remedy(region, instances.First(), found));
                else if (group is { IsPendingReboot: true })
                    yield return Doubt(names, $"parameter group {group.Name} is pending a reboot, and until then it may still be {EngineDefault}");
            }
            else
            {
                yield return Doubt(names, $"it is the formula {value} in parameter group {group?.Name}; make sure that it gives {Least} or more");
            }
        }
    }

    public static bool Counts(string engine) =>
        engine is "aurora" or "mariadb" || engine.Contains("mysql", StringComparison.OrdinalIgnoreCase);

    // Aurora takes what a person set in an instance's own group before what stands in the cluster's.
    private static (string? MaxConnectErrors, string? HostCacheSize, ParameterGroup? Group) Effective(ParameterGroup? own, ParameterGroup? cluster) => (
        own?.MaxConnectErrors ?? cluster?.MaxConnectErrors,
        own?.HostCacheSize ?? cluster?.HostCacheSize,
        own?.MaxConnectErrors is null && cluster?.MaxConnectErrors is not null ? cluster : own ?? cluster);

    private static Finding.Warning Doubt(string instances, string what) =>
        new($"{instances}: max_connect_errors decides when the database blocks the load balancer; {what}.");

    private static string Reason(string database, string instances, ulong most, string engine) => string.Create(
        CultureInfo.InvariantCulture,
        $"{database}: {instances} ({engine}) has max_connect_errors {most}, and a TCP health check counts as such an error: after {most} of them it blocks the load balancer.");

    private static string Remedy(string region, FoundInstance instance, FoundDatabase.Rds found)
    {
        var (own, cluster) = (instance.Parameters, found.ClusterParameters);
        var ownDecides = cluster is null || own is { MaxConnectErrors: not null };
        var command = (ownDecides, own, cluster) switch
        {
            (true, { IsDefault: false }, _) => Modify("db", own.Name, region),
            (false, _, { IsDefault: false }) => Modify("db-cluster", cluster.Name, region),
            (false, _, _) => Replace("db-cluster", cluster!.Name, "db-cluster", found.MemberOf ?? ClusterName(found.Arn), region),
            _ => Replace("db", own?.Name ?? "default.FAMILY", "db-instance", instance.Identifier, region),
        };
        return $"Run: {command} — or write \"ignoreConnectErrors\": true into the entry, if you know that logins follow often enough.";
    }

    private static string Modify(string kind, string group, string region) =>
        $"aws rds modify-{kind}-parameter-group --region {region} --{kind}-parameter-group-name {group} "
        + $"--parameters ParameterName=max_connect_errors,ParameterValue={Least},ApplyMethod=immediate";

    // A default group cannot be changed, and one that takes its place is in force after a reboot.
    private static string Replace(string kind, string defaultGroup, string resource, string identifier, string region)
    {
        var group = $"{identifier}-privatelink";
        var reboot = kind == "db" ? $" && aws rds reboot-db-instance --region {region} --db-instance-identifier {identifier}" : "";
        return $"aws rds create-{kind}-parameter-group --region {region} --{kind}-parameter-group-name {group} "
            + $"--db-parameter-group-family {defaultGroup["default.".Length..]} --description max_connect_errors"
            + $" && {Modify(kind, group, region)}"
            + $" && aws rds modify-{resource} --region {region} --{resource}-identifier {identifier} --{kind}-parameter-group-name {group} --apply-immediately{reboot}";
    }

    private static string ClusterName(string arn) => arn[(arn.LastIndexOf(':') + 1)..];
}
