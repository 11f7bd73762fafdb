using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;

namespace LocalAws.Rds;

/// <summary>A DB instance: what RDS says of it, and where it is.</summary>
/// <param name="facts">What <c>describe-db-instances</c> printed of it.</param>
public sealed class DbInstance(JsonObject facts)
{
    /// <summary>What RDS says of it.</summary>
    public JsonObject Facts { get; } = facts;

    /// <summary>Its identifier.</summary>
    public string Identifier => (string)Facts["DBInstanceIdentifier"]!;

    /// <summary>Its engine.</summary>
    public string? Engine => RdsFacts.Text(Facts, "Engine");

    /// <summary>Its endpoint's name; null while it has none.</summary>
    public string? Host => RdsFacts.Text(Facts["Endpoint"], "Address");

    /// <summary>Its port; null while it has no endpoint.</summary>
    public int? Port => RdsFacts.Number(Facts["Endpoint"], "Port");

    /// <summary>The zone where it is.</summary>
    public string? Zone => (string?)Facts["AvailabilityZone"];

    /// <summary>The cluster that it belongs to; null: none.</summary>
    public string? ClusterIdentifier => (string?)Facts["DBClusterIdentifier"];

    /// <summary>The subnets of its DB subnet group.</summary>
    public ImmutableArray<string> SubnetIds =>
        [.. (Facts["DBSubnetGroup"]?["Subnets"] as JsonArray ?? []).Select(subnet => (string?)subnet?["SubnetIdentifier"]).OfType<string>()];

    /// <summary>The VPC of its DB subnet group.</summary>
    public string? VpcId => RdsFacts.Text(Facts["DBSubnetGroup"], "VpcId");

    /// <summary>Its security groups.</summary>
    public ImmutableArray<string> SecurityGroupIds => RdsFacts.SecurityGroupIds(Facts);

    /// <summary>Its parameter groups.</summary>
    public ImmutableArray<string> ParameterGroups =>
        [.. (Facts["DBParameterGroups"] as JsonArray ?? []).Select(group => (string?)group?["DBParameterGroupName"]).OfType<string>()];

    /// <summary>Its private address; null while it has none.</summary>
    public IPAddress? Address { get; internal set; }
}

/// <summary>A DB cluster: what RDS says of it.</summary>
/// <param name="facts">What <c>describe-db-clusters</c> printed of it.</param>
public sealed class DbCluster(JsonObject facts)
{
    /// <summary>What RDS says of it.</summary>
    public JsonObject Facts { get; } = facts;

    /// <summary>Its identifier.</summary>
    public string Identifier => (string)Facts["DBClusterIdentifier"]!;

    /// <summary>Its engine.</summary>
    public string? Engine => RdsFacts.Text(Facts, "Engine");

    /// <summary>The name of its writer endpoint.</summary>
    public string? WriterHost => (string?)Facts["Endpoint"];

    /// <summary>The name of its reader endpoint.</summary>
    public string? ReaderHost => (string?)Facts["ReaderEndpoint"];

    /// <summary>Its parameter group.</summary>
    public string? ParameterGroup => (string?)Facts["DBClusterParameterGroup"];

    /// <summary>Its instances, and which of them writes.</summary>
    public ImmutableArray<(string Identifier, bool IsWriter)> Members =>
        [.. (Facts["DBClusterMembers"] as JsonArray ?? []).OfType<JsonObject>().Select(member => ((string)member["DBInstanceIdentifier"]!, (bool?)member["IsClusterWriter"] ?? false))];

    /// <summary>Its own names besides writer and reader.</summary>
    public ImmutableArray<string> CustomHosts =>
        [.. (Facts["CustomEndpoints"] as JsonArray ?? []).Select(host => (string?)host).OfType<string>()];
}

internal static class RdsFacts
{
    public static string? Text(JsonNode? facts, string name) => (string?)facts?[name];

    public static int? Number(JsonNode? facts, string name) => (int?)facts?[name];

    public static ImmutableArray<string> SecurityGroupIds(JsonObject facts) =>
        [.. (facts["VpcSecurityGroups"] as JsonArray ?? []).Select(group => (string?)group?["VpcSecurityGroupId"]).OfType<string>()];

    public static Tags Tags(JsonObject facts) => LocalAws.Tags.None.With((facts["TagList"] as JsonArray ?? []).OfType<JsonObject>()
        .Select(tag => KeyValuePair.Create((string?)tag["Key"] ?? "", (string?)tag["Value"] ?? "")));
}
