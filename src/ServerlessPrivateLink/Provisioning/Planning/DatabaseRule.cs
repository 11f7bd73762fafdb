using System.Collections.Immutable;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>Whether a database can be linked as it is now, and by which names it is reached.</summary>
public static class DatabaseRule
{
    // "Viewing Amazon RDS DB instance status" and its Aurora counterpart: those in which the database keeps its endpoint and its data, and is or soon will be there.
    private static readonly ImmutableHashSet<string> Passing = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "backing-up", "configuring-enhanced-monitoring", "configuring-iam-database-auth", "configuring-log-exports", "failing-over", "maintenance", "modifying", "promoting", "rebooting",
        "resetting-master-credentials", "storage-config-upgrade", "storage-initialization", "storage-optimization", "upgrading");

    private const string Elsewhere = "A database of another Region or account needs a stack there.";

    public static IEnumerable<Finding> Of(Database database, string entry, FoundDatabase found, StackSettings stack) => found switch
    {
        FoundDatabase.Missing missing => [NotFound(database, entry, missing, stack)],
        FoundDatabase.Rds rds => OfRds(database, entry, rds, stack),
        _ => OfHost(database),
    };

    /// <summary>Its name within the link: the same in every run, so that names of resources may be made of it.</summary>
    public static string NameOf(Database database) => database.Kind switch
    {
        DatabaseKind.ClusterWriter => $"{database.Name}/writer",
        DatabaseKind.ClusterReader => $"{database.Name}/reader",
        _ => database.Name,
    };

    /// <summary>The hosts whose addresses are its targets, in a steady order.</summary>
    public static ImmutableArray<string> HostsOf(Database database, FoundDatabase found) => found switch
    {
        FoundDatabase.Host => [database.Name],
        FoundDatabase.Rds rds =>
        [
            .. Asked(database, rds).Where(static instance => Serves(instance.Status)).Select(static instance => instance.Host).OfType<string>().Order(StringComparer.Ordinal),
        ],
        _ => [],
    };

    public static string FieldOf(DatabaseKind kind) => kind switch { DatabaseKind.Instance => "instance", DatabaseKind.Host => "host", _ => "cluster" };

    private static bool Serves(string status) => status.Equals("available", StringComparison.OrdinalIgnoreCase) || Passing.Contains(status);

    private static IEnumerable<FoundInstance> Asked(Database database, FoundDatabase.Rds rds) => database.Kind switch
    {
        DatabaseKind.ClusterWriter => rds.Instances.Where(static instance => instance.IsWriter),
        DatabaseKind.ClusterReader => rds.Instances.Where(static instance => !instance.IsWriter),
        _ => rds.Instances,
    };

    private static Finding.Refusal NotFound(Database database, string entry, FoundDatabase.Missing missing, StackSettings stack)
    {
        var kind = FieldOf(database.Kind);
        return new(RefusalCode.DatabaseNotFound, $"{entry}.{kind}",
            $"There is no DB {kind} \"{database.Name}\" in {stack.Region} of account {stack.AccountId}.",
            missing switch
            {
                { OtherKind: { } other } => $"There is a DB {other} of that name: write \"{other}\": \"{database.Name}\".",
                { Nearest.IsEmpty: false } => $"Did you mean {string.Join(" or ", missing.Nearest.Select(static name => $"\"{name}\""))}? {Elsewhere}",
                _ => $"Check the identifier with: aws rds describe-db-{kind}s --region {stack.Region}. {Elsewhere}",
            });
    }

    private static IEnumerable<Finding> OfHost(Database database)
    {
        if (AwsNames.IsRdsEndpoint(database.Name))
        {
            yield return new Finding.Warning(
                $"{database.Name} is an endpoint of RDS: named as \"instance\" or \"cluster\" it would be followed through failovers by what RDS says, and not by DNS alone.");
        }

        if (database.Port == 3306)
        {
            yield return new Finding.Warning(
                $"{database.Name}: if that is MySQL or MariaDB, set max_connect_errors to {ConnectErrorRule.Least} or host_cache_size to 0, or health checks make it block the load balancer.");
        }
    }

    private static IEnumerable<Finding> OfRds(Database database, string entry, FoundDatabase.Rds rds, StackSettings stack)
    {
        var (name, path) = (NameOf(database), $"{entry}.{FieldOf(database.Kind)}");
        foreach (var finding in OfPlace(name, path, rds, stack).Concat(OfStatus(database, name, path, rds, stack))) yield return finding;

        if (database.KeepsStandby && OfStandby(database, $"{entry}.standby", rds, stack) is { } refusal) yield return refusal;

        if (!database.IgnoreConnectErrors)
        {
            foreach (var finding in ConnectErrorRule.Of(name, path, stack.Region, rds)) yield return finding;
        }

        if (rds.MemberOf is { } cluster && database.Kind is DatabaseKind.Instance)
            yield return new Finding.Warning($"{name} is a member of the cluster {cluster}: the link stays with it when the cluster fails over; name the cluster to follow its writer.");
        if (Asked(database, rds).Any(static instance => instance.IsPublic))
            yield return new Finding.Warning($"{name} is publicly accessible. The link takes its private address; it does not need the public one.");
    }

    private static IEnumerable<Finding> OfPlace(string name, string path, FoundDatabase.Rds rds, StackSettings stack)
    {
        if (rds.Arn.Split(':') is [_, _, _, { Length: > 0 } region, ..] && region != stack.Region)
        {
            yield return new Finding.Refusal(RefusalCode.DatabaseInOtherRegion, path, $"{name} is in {region}, and the stack serves {stack.Region}.",
                $"Install a stack in {region} and build the link there; a consumer elsewhere is reached by its \"regions\".");
        }
        else if (rds.VpcId.Length > 0 && rds.VpcId != stack.VpcId)
        {
            yield return new Finding.Refusal(RefusalCode.DatabaseInOtherVpc, path, $"{name} is in {rds.VpcId}, and the stack serves {stack.VpcId}.",
                $"Install a second stack for that VPC: sam deploy --stack-name NAME --parameter-overrides VpcId={rds.VpcId} SubnetIds=… and build the link there.");
        }
    }

    private static IEnumerable<Finding> OfStatus(Database database, string name, string path, FoundDatabase.Rds rds, StackSettings stack)
    {
        var asked = Asked(database, rds).ToImmutableArray();
        if (!Serves(rds.Status))
        {
            yield return NotAvailable(name, path, $"it is \"{rds.Status}\"", database, stack);
        }
        else if (asked.IsEmpty)
        {
            yield return database.Kind is DatabaseKind.ClusterReader
                ? new Finding.Refusal(RefusalCode.DatabaseWithoutReader, path, $"The cluster {database.Name} has no reader.",
                    $"Add one (aws rds create-db-instance --region {stack.Region} --db-cluster-identifier {database.Name} …), or take the writer: \"endpoint\": \"writer\".")
                : new Finding.Refusal(RefusalCode.DatabaseWithoutWriter, path, $"The cluster {database.Name} has no writer instance.", "Start or add an instance, and run again.");
        }
        else if (HostsOf(database, rds).IsEmpty || rds.Port is null)
        {
            yield return NotAvailable(name, path, string.Join(", ", asked.Select(static instance => $"{instance.Identifier} is \"{instance.Status}\"")), database, stack);
        }
        else
        {
            if (Passing.Contains(rds.Status)) yield return new Finding.Warning($"{name} is \"{rds.Status}\" just now; its targets may take a while to become healthy.");
            foreach (var left in asked.Where(static instance => !Serves(instance.Status) || instance.Host is null))
                yield return new Finding.Warning($"{name}: {left.Identifier} is \"{left.Status}\" and left out until it serves.");
        }
    }

    private static Finding.Refusal? OfStandby(Database database, string path, FoundDatabase.Rds rds, StackSettings stack)
    {
        if (rds.MemberOf is { } cluster)
            return new(RefusalCode.StandbyNotKept, path, $"{database.Name} is a member of the cluster {cluster}, which has no standby: its other members answer on the port.", "Leave \"standby\" out.");

        // "Multi-AZ deployments for Amazon RDS for Microsoft SQL Server": mirroring and Always On keep the secondary running.
        if (rds.Engine.Contains("sqlserver", StringComparison.OrdinalIgnoreCase))
        {
            return new(RefusalCode.StandbyNotKept, path, $"{database.Name} is \"{rds.Engine}\", whose secondary is live: health checks could not tell it from the primary.",
                "Leave \"standby\" out: failovers are followed without it, too.");
        }

        return rds.HasStandby
            ? null
            : new(RefusalCode.StandbyNotKept, path, $"{database.Name} is no Multi-AZ instance, so there is no standby whose address could be kept.",
                $"Leave \"standby\" out, or make it one: aws rds modify-db-instance --region {stack.Region} --db-instance-identifier {database.Name} --multi-az --apply-immediately");
    }

    private static Finding.Refusal NotAvailable(string name, string path, string state, Database database, StackSettings stack)
    {
        var kind = FieldOf(database.Kind);
        var which = $"--region {stack.Region} --db-{kind}-identifier {database.Name}";
        return new(RefusalCode.DatabaseNotAvailable, path, $"{name} is not available: {state}.",
            $"Wait until it is (aws rds wait db-{kind}-available {which}) and run again; one that is stopped: aws rds start-db-{kind} {which}.");
    }
}
