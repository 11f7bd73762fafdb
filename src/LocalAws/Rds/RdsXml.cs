using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Rds;

/// <summary>
/// What the AWS CLI prints, turned back into the XML that it came from: same names, but lists name their entries.
/// So whatever a captured answer holds is answered again, known here or not.
/// </summary>
internal static class RdsXml
{
    private const string DefaultItem = "member";

    private static readonly ImmutableDictionary<string, string> Items = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AvailabilityZones"] = "AvailabilityZone",
        ["DBClusterMembers"] = "DBClusterMember",
        ["DBClusterOptionGroupMemberships"] = "DBClusterOptionGroup",
        ["DBInstanceAutomatedBackupsReplications"] = "DBInstanceAutomatedBackupsReplication",
        ["DBParameterGroups"] = "DBParameterGroup",
        ["DBSecurityGroups"] = "DBSecurityGroup",
        ["DomainMemberships"] = "DomainMembership",
        ["OptionGroupMemberships"] = "OptionGroupMembership",
        ["ProcessorFeatures"] = "ProcessorFeature",
        ["ReadReplicaDBClusterIdentifiers"] = "ReadReplicaDBClusterIdentifier",
        ["ReadReplicaDBInstanceIdentifiers"] = "ReadReplicaDBInstanceIdentifier",
        ["ReadReplicaIdentifiers"] = "ReadReplicaIdentifier",
        ["Subnets"] = "Subnet",
        ["TagList"] = "Tag",
        ["VpcSecurityGroups"] = "VpcSecurityGroupMembership",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The content of an element that holds these facts.</summary>
    /// <param name="facts">What the CLI printed.</param>
    /// <param name="kind"><c>DBInstance</c> or <c>DBCluster</c>: two lists name their entries after it.</param>
    public static IEnumerable<XElement?> Write(JsonObject facts, string kind) => facts.Select(fact => WriteOne(fact.Key, fact.Value, kind));

    private static XElement? WriteOne(string name, JsonNode? value, string kind) => value switch
    {
        null => null,
        JsonObject inner => Xml.Node(name, Write(inner, kind)),
        JsonArray list => new(name, list.OfType<JsonNode>().Select(entry => WriteOne(ItemOf(name, kind), entry, kind))),
        _ => Xml.Of(name, Text(name, value)),
    };

    private static string ItemOf(string list, string kind) => list switch
    {
        "AssociatedRoles" => kind + "Role",
        "StatusInfos" => kind + "StatusInfo",
        _ => Items.GetValueOrDefault(list, DefaultItem),
    };

    private static string Text(string name, JsonNode value)
    {
        if (value.GetValueKind() is not JsonValueKind.String)
            return value.ToJsonString();
        var text = value.GetValue<string>();
        var isInstant = name.EndsWith("Time", StringComparison.Ordinal) || name is "ValidTill";
        return isInstant && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)
            : text;
    }
}
