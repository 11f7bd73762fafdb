using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Links;

/// <summary>Reads one entry of <c>databases</c>.</summary>
internal static partial class DatabaseEntry
{
    private const string AnIdentifier = "an RDS identifier: 1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last";
    private const string AHostName = "a DNS name of two or more labels, in lower case, such as pg.corp.example";
    // A tag's value has 256 characters, and a block with its space up to 19 (Elastic Load Balancing API Reference, Tag).
    private const int MostBlocks = 13;
    private static readonly string[] Kinds = ["instance", "cluster", "host"];
    private static readonly string[] Known = [.. Kinds, "endpoint", "port", "listenerPort", "allowedCidrs", "ignoreConnectErrors", "standby"];

    public static Database? Read(JsonElement value, string path, Complaints complaints)
    {
        var before = complaints.Count;
        if (Fields.Of(value, path, Known, "A database", complaints) is not { } fields) return null;

        var (listenerPort, ignoreConnectErrors) = (fields.Number("listenerPort", 1, ListenerPorts.Highest), fields.Flag("ignoreConnectErrors"));
        var port = fields.Number("port", 1, ListenerPorts.Highest);
        var named = Kinds.Where(fields.Has).ToArray();
        if (named is not [var kind])
        {
            complaints.Add(path, named.Length == 0 ? "none of them" : string.Join(" and ", named.Select(name => $"\"{name}\"")),
                $"exactly one of {Fields.Listed(Kinds)}", "A database entry names one database, by one of three fields.");
            return null;
        }

        var name = kind is "host" ? HostName(fields) : Identifier(fields, kind);
        var database = new Database(Kind(fields, kind), name ?? "", port, listenerPort, AllowedCidrs(fields, kind, complaints), ignoreConnectErrors, KeepsStandby(fields, kind));
        CheckPort(fields, kind);
        if (kind is "host" && fields.Has("ignoreConnectErrors"))
            fields.Refuse("ignoreConnectErrors", "an instance or a cluster", "The parameters of a host are not known, so there is no check to skip; leave the field out.");

        return complaints.Count == before ? database : null;
    }

    private static DatabaseKind Kind(Fields fields, string kind)
    {
        var endpoint = fields.Choice("endpoint", DatabaseKind.ClusterWriter, ("writer", DatabaseKind.ClusterWriter), ("reader", DatabaseKind.ClusterReader));
        if (kind is not "cluster" && fields.Has("endpoint"))
            fields.Refuse("endpoint", "a cluster", "Only a cluster has a writer and a reader endpoint; leave the field out.");
        return kind switch { "instance" => DatabaseKind.Instance, "host" => DatabaseKind.Host, _ => endpoint };
    }

    private static bool KeepsStandby(Fields fields, string kind)
    {
        if (kind is "instance") return fields.Choice("standby", false, ("keep", true));
        if (fields.Has("standby"))
            fields.Refuse("standby", "an instance", kind is "cluster"
                ? "A cluster has no standby: its other members answer on the port, so that health checks could not tell them from the writer. Leave the field out."
                : "Whether a host has a standby is not known. Leave the field out.");
        return false;
    }

    private static string? Identifier(Fields fields, string kind)
    {
        if (fields.Text(kind, AnIdentifier) is not { } name) return null;
        if (IsIdentifier(name)) return name;

        fields.Refuse(kind, AnIdentifier, name switch
        {
            ['a', 'r', 'n', ':', ..] => $"An {kind} is named by its identifier alone, the last part of its ARN; the account and the Region are the stack's.",
            _ when AwsNames.IsRdsEndpoint(name) => $"That is an endpoint; the {kind}'s identifier is what is needed.",
            _ when IsIdentifier(name.ToLowerInvariant()) => $"RDS keeps identifiers in lower case: \"{name.ToLowerInvariant()}\".",
            _ => "No database can have this identifier.",
        });
        return null;
    }

    private static bool IsIdentifier(string name) => name.Length <= 63 && RdsIdentifier().IsMatch(name);

    private static string? HostName(Fields fields)
    {
        if (fields.Text("host", AHostName) is not { } name) return null;
        if (name.Length <= 253 && DnsName().IsMatch(name) && !LooksLikeAddress(name)) return name;

        var plain = name.TrimEnd('.').ToLowerInvariant();
        fields.Refuse("host", AHostName, name switch
        {
            _ when LooksLikeAddress(name) => "An address cannot follow its database; give the database a DNS name, in a private hosted zone for example.",
            _ when plain.Length <= 253 && DnsName().IsMatch(plain) => $"Write it as \"{plain}\".",
            _ => "That is no DNS name of a host.",
        });
        return null;
    }

    private static bool LooksLikeAddress(string name) => name.Contains(':', StringComparison.Ordinal) || name.Split('.') is [.., { Length: > 0 } last] && last.All(char.IsAsciiDigit);

    private static void CheckPort(Fields fields, string kind)
    {
        if (kind is "host" && !fields.Has("port"))
            fields.Missing("port", "the port on which the host's database listens, a whole number from 1 to 65535");
        else if (kind is not "host" && fields.Has("port"))
            fields.Refuse("port", "a host", "RDS knows the port of its databases; leave it out, or set \"listenerPort\" for the port that consumers use.");
    }

    private static ImmutableArray<string> AllowedCidrs(Fields fields, string kind, Complaints complaints)
    {
        const string allowed = "private IPv4 block within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, such as \"10.9.0.0/16\"";
        if (kind is not "host" && fields.Has("allowedCidrs"))
        {
            fields.Refuse("allowedCidrs", "a host", "An RDS database lives in the stack's VPC; only a host may lie outside of it. Leave the field out.");
            return [];
        }

        var blocks = ImmutableArray.CreateBuilder<string>();
        foreach (var (text, path) in fields.Texts("allowedCidrs", allowed))
        {
            if (!Ipv4Block.TryParse(text, out var block))
                complaints.Add(path, $"\"{text}\"", allowed, "That is no IPv4 block.");
            else if (block != block.Canonical)
                complaints.Add(path, $"\"{text}\"", allowed, $"The address has bits behind the prefix; the block is \"{block.Canonical}\".");
            else if (!Ipv4Block.Private.Any(range => range.Contains(block)))
                complaints.Add(path, $"\"{text}\"", allowed, "A load balancer takes no targets from there outside of its VPC.");
            else if (blocks.Contains(text))
                complaints.Add(path, $"\"{text}\"", "each block once", "The block stands twice.");
            else if (blocks.Count == MostBlocks)
                complaints.Add(path, $"\"{text}\"", $"at most {MostBlocks} blocks", "They are kept in a tag of the target group; join neighbours to a larger block.");
            else
                blocks.Add(text);
        }

        return blocks.ToImmutable();
    }

    [GeneratedRegex(@"\A[a-z](?:-?[a-z0-9]){0,62}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RdsIdentifier();

    [GeneratedRegex(@"\A(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex DnsName();
}
