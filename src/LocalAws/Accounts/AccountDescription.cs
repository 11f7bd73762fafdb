using System.Collections.Immutable;

namespace LocalAws.Accounts;

/// <summary>
/// An account's shape in one Region, from a directory of what the AWS CLI prints. What the CLI prints beyond what is needed stays
/// and is answered again; lists that are missing or null are empty.
/// </summary>
public sealed class AccountDescription
{
    private const string InstancesFile = "describe-db-instances.json";
    private const string ClustersFile = "describe-db-clusters.json";

    private readonly CliDocument vpcs;
    private readonly CliDocument subnets;
    private readonly CliDocument groups;
    private readonly CliDocument? routeTables;
    private readonly ImmutableArray<CliDocument> instances;
    private readonly ImmutableArray<CliDocument> clusters;
    private readonly ParameterFiles parameters;

    private AccountDescription(string directory)
    {
        instances = Required(directory, InstancesFile, "rds").RequiredList("DBInstances");
        clusters = Required(directory, ClustersFile, "rds").RequiredList("DBClusters");
        vpcs = Required(directory, "describe-vpcs.json", "ec2");
        subnets = Required(directory, "describe-subnets.json", "ec2");
        groups = Required(directory, "describe-security-groups.json", "ec2");
        routeTables = CliDocument.Read(directory, "describe-route-tables.json");
        parameters = ParameterFiles.Read(directory);
        var home = Home.Of([.. instances.Select(Arn), .. clusters.Select(Arn), .. subnets.RequiredList("Subnets").Select(subnet => (subnet, subnet.Text("SubnetArn")))]);
        (Partition, Region, AccountId) = (home.Partition, home.Region, home.AccountId);
    }

    /// <summary>The account, from the ARNs of its databases; without any, of its subnets.</summary>
    public string AccountId { get; }

    /// <summary>The Region, from the same ARNs.</summary>
    public string Region { get; }

    /// <summary>The partition, from the same ARNs.</summary>
    public string Partition { get; }

    /// <summary>Reads a directory.</summary>
    /// <exception cref="AccountFormatException">A file that is needed is missing, is no JSON, or lacks what is needed.</exception>
    public static AccountDescription Load(string directory) => Directory.Exists(directory)
        ? new(directory)
        : throw new AccountFormatException($"{directory}: there is no such directory.");

    /// <summary>A cloud in which the account is as described.</summary>
    /// <param name="seed">The seed of all its chance, which draws also what the files do not hold: addresses.</param>
    /// <param name="start">The first instant of its time.</param>
    /// <exception cref="AccountFormatException">The files contradict each other or lack what is needed.</exception>
    public Cloud Open(int seed, DateTimeOffset start)
    {
        var cloud = new Cloud(new(AccountId, Region, Partition, seed, start));
        new NetworkLoader(cloud).Load(vpcs, subnets, routeTables);
        new SecurityGroupLoader(cloud).Load(groups);
        new DatabaseLoader(cloud).Load(instances, clusters);
        parameters.Apply(cloud);
        return cloud;
    }

    private static CliDocument Required(string directory, string file, string service)
    {
        var operation = Path.GetFileNameWithoutExtension(file);
        return CliDocument.Read(directory, file)
            ?? throw new AccountFormatException($"{file}: there is no such file in {directory}. Make it with: aws {service} {operation} --output json > {Path.Combine(directory, file)}");
    }

    private static (CliDocument At, string? Arn) Arn(CliDocument database) =>
        (database, database.Text("DBInstanceArn") ?? database.Text("DBClusterArn"));

    /// <summary>Where the account's things are.</summary>
    private sealed record Home(string Partition, string Region, string AccountId)
    {
        public static Home Of(ImmutableArray<(CliDocument At, string? Arn)> arns)
        {
            Home? home = null;
            foreach (var (at, arn) in arns)
            {
                var parts = arn?.Split(':');
                if (parts is null)
                    continue;
                if (parts.Length < 6)
                    throw new AccountFormatException($"{at.File}: {at.Path}: found the ARN \"{arn}\", needed one of the form arn:partition:service:region:account:….");
                home ??= new(parts[1], parts[3], parts[4]);
                if (home.Region != parts[3])
                    throw new AccountFormatException($"{at.File}: {at.Path}: found Region {parts[3]} in \"{arn}\", needed {home.Region} as in the others: the files must describe one Region.");
            }

            return home ?? throw new AccountFormatException($"{InstancesFile}, {ClustersFile} and describe-subnets.json: no DBInstanceArn, DBClusterArn or SubnetArn is in them, so account and Region are not known.");
        }
    }
}
