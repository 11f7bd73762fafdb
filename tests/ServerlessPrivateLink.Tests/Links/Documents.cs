using System.Text;
using System.Text.Json.Nodes;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Tests.Links;

/// <summary>Documents to read, and the text of a link.</summary>
internal static class Documents
{
    public const string Valid = """
        {
          "name": "orders",
          "databases": [
            { "instance": "orders-prod" },
            { "cluster": "ledger", "endpoint": "writer", "listenerPort": 5433 },
            { "host": "pg.corp.example", "port": 5432, "listenerPort": 5434, "allowedCidrs": ["10.9.0.0/16"] }
          ],
          "consumers": [
            "133737826969",
            { "principal": "arn:aws:iam::210987654321:role/reader", "accept": "ask", "maxConnections": 2, "regions": ["eu-central-1"], "until": "2027-06-30" }
          ],
          "ingress": "securityGroup"
        }
        """;

    public static DateOnly Today { get; } = new(2026, 11, 21);

    public static LinkReading Read(string text) => LinkDocument.Read(Encoding.UTF8.GetBytes(text), "aws", Today);

    /// <summary>The valid document with one field of one of its parts set to <paramref name="json"/>, or taken out.</summary>
    public static string With(string path, string? json)
    {
        var root = JsonNode.Parse(Valid)!;
        var node = root;
        var steps = path.Split('.');
        foreach (var step in steps[..^1]) node = int.TryParse(step, System.Globalization.CultureInfo.InvariantCulture, out var index) ? node![index] : node![step];
        var (last, value) = (steps[^1], json is null ? null : JsonNode.Parse(json));
        if (node is JsonArray array)
            array[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = value;
        else if (json is null)
            node!.AsObject().Remove(last);
        else
            node![last] = value;
        return root.ToJsonString();
    }

    public static string Write(Link link)
    {
        var document = new JsonObject
        {
            ["name"] = link.Name,
            ["databases"] = new JsonArray([.. link.Databases.Select(Write)]),
            ["consumers"] = new JsonArray([.. link.Consumers.Select(Write)]),
            ["ingress"] = link.Ingress is Ingress.SecurityGroup ? "securityGroup" : "subnetCidrs",
        };
        if (!link.SubnetIds.IsEmpty) document["subnetIds"] = Texts(link.SubnetIds);
        if (link.OnRemoval is Removal.Keep) document["onRemoval"] = "keep";
        if (link.OnFailure is OnFailure.Release) document["onFailure"] = "release";
        if (link.AwaitConnection > TimeSpan.Zero) document["awaitConnection"] = System.Xml.XmlConvert.ToString(link.AwaitConnection);
        return document.ToJsonString();
    }

    private static JsonNode Write(Database database)
    {
        var entry = new JsonObject();
        switch (database.Kind)
        {
            case DatabaseKind.Instance: entry["instance"] = database.Name; break;
            case DatabaseKind.Host: entry["host"] = database.Name; break;
            case DatabaseKind.ClusterWriter or DatabaseKind.ClusterReader:
                entry["cluster"] = database.Name;
                entry["endpoint"] = database.Kind is DatabaseKind.ClusterReader ? "reader" : "writer";
                break;
        }

        if (database.Port is { } port) entry["port"] = port;
        if (database.ListenerPort is { } listenerPort) entry["listenerPort"] = listenerPort;
        if (!database.AllowedCidrs.IsEmpty) entry["allowedCidrs"] = Texts(database.AllowedCidrs);
        if (database.IgnoreConnectErrors) entry["ignoreConnectErrors"] = true;
        if (database.KeepsStandby) entry["standby"] = "keep";
        return entry;
    }

    private static JsonNode Write(Consumer consumer)
    {
        var rule = consumer.Rule;
        var entry = new JsonObject
        {
            ["principal"] = consumer.Principal,
            ["accept"] = rule.Accept switch { Acceptance.Auto => "auto", Acceptance.Ask => "ask", _ => "never" },
        };
        if (rule.MaxConnections is { } most) entry["maxConnections"] = most;
        if (!rule.Regions.IsEmpty) entry["regions"] = Texts(rule.Regions);
        if (rule.Until is { } until) entry["until"] = until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (!rule.EndpointIds.IsEmpty) entry["endpointIds"] = Texts(rule.EndpointIds);
        return entry;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
