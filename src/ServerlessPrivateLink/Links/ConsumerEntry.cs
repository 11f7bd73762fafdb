using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ServerlessPrivateLink.Links;

/// <summary>Reads one entry of <c>consumers</c>.</summary>
internal static class ConsumerEntry
{
    private const int MostConnections = 10_000;

    // The rule is remembered as tags of the permission, and EC2 takes 256 characters as a tag's value.
    private const int LongestRegions = 256;
    private const int MostEndpoints = 11;
    private const string AnEndpoint = "endpoint id such as \"vpce-0123456789abcdef0\"";
    private const string ARegion = "Region name of the same partition, such as \"eu-central-1\"";
    private static readonly string[] Known = ["principal", "accept", "maxConnections", "regions", "until", "endpointIds"];
    private static readonly AcceptanceRule Standard = new(Acceptance.Auto, null, [], null, []);

    public static Consumer? Read(JsonElement value, string path, string partition, DateOnly today, Complaints complaints)
    {
        if (value.ValueKind is JsonValueKind.String) return Of(value.GetString()!, path, Standard, partition, complaints);

        if (value.ValueKind is not JsonValueKind.Object)
        {
            complaints.Add(path, value, "a 12-digit account id in double quotes, or an object with \"principal\"", value.ValueKind is JsonValueKind.Number
                ? "An account id is text: as a number it would lose its leading zeros. Put it in double quotes."
                : "A consumer is an account id or an object.");
            return null;
        }

        var before = complaints.Count;
        var fields = Fields.Of(value, path, Known, "A consumer", complaints)!;
        var rule = new AcceptanceRule(
            fields.Choice("accept", Acceptance.Auto, ("auto", Acceptance.Auto), ("ask", Acceptance.Ask), ("never", Acceptance.Never)),
            fields.Number("maxConnections", 1, MostConnections),
            Regions(fields, partition, complaints),
            Until(fields, today),
            EndpointIds(fields, complaints));

        if (!fields.Has("principal")) fields.Missing("principal", Principal.Allowed);
        var consumer = fields.Text("principal", Principal.Allowed) is { } principal ? Of(principal, fields.PathOf("principal"), rule, partition, complaints) : null;
        return complaints.Count == before ? consumer : null;
    }

    /// <summary>The fields in which two rules differ, for the sentence that says so.</summary>
    public static ImmutableArray<string> Differences(AcceptanceRule one, AcceptanceRule other) =>
    [
        .. one.Accept == other.Accept ? [] : (string[])["accept"],
        .. one.MaxConnections == other.MaxConnections ? [] : (string[])["maxConnections"],
        .. one.Regions.SequenceEqual(other.Regions, StringComparer.Ordinal) ? [] : (string[])["regions"],
        .. one.Until == other.Until ? [] : (string[])["until"],
        .. one.EndpointIds.SequenceEqual(other.EndpointIds, StringComparer.Ordinal) ? [] : (string[])["endpointIds"],
    ];

    private static Consumer? Of(string principal, string path, AcceptanceRule rule, string partition, Complaints complaints)
    {
        var (arn, account, refusal) = Principal.Read(principal, partition);
        if (refusal is null) return new Consumer(arn, account, rule);

        complaints.Add(path, $"\"{principal}\"", Principal.Allowed, refusal);
        return null;
    }

    private static ImmutableArray<string> Regions(Fields fields, string partition, Complaints complaints)
    {
        var regions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (region, path) in fields.Texts("regions", ARegion))
        {
            if (!AwsNames.IsRegion(region))
                complaints.Add(path, $"\"{region}\"", ARegion, "That is no name of a Region.");
            else if (AwsNames.PartitionOf(region) != partition)
                complaints.Add(path, $"\"{region}\"", ARegion, $"That Region is not of the partition {partition}; no endpoint reaches across.");
            else if (!regions.Add(region))
                complaints.Add(path, $"\"{region}\"", "each Region once", "The Region stands twice.");
        }

        if (string.Join(' ', regions).Length > LongestRegions)
            fields.Refuse("regions", "as many Regions as 256 characters hold, spaces between them counted", "The list is too long to be remembered on the permission; name fewer Regions.");
        return [.. regions];
    }

    private static ImmutableArray<string> EndpointIds(Fields fields, Complaints complaints)
    {
        var endpoints = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (endpoint, path) in fields.Texts("endpointIds", AnEndpoint))
        {
            if (!AwsNames.IsEndpointId(endpoint))
                complaints.Add(path, $"\"{endpoint}\"", AnEndpoint, "That is no id of an interface endpoint.");
            else if (!endpoints.Add(endpoint))
                complaints.Add(path, $"\"{endpoint}\"", "each endpoint once", "The endpoint stands twice.");
        }

        if (endpoints.Count > MostEndpoints)
            fields.Refuse("endpointIds", $"at most {MostEndpoints} endpoints", "The list is too long to be remembered on the permission; name fewer endpoints, or none and a \"maxConnections\".");
        return [.. endpoints];
    }

    private static DateOnly? Until(Fields fields, DateOnly today)
    {
        const string allowed = "a day that is not over yet, in UTC, as YYYY-MM-DD";
        if (fields.Text("until", allowed) is not { } text) return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            fields.Refuse("until", allowed, "That is no day of the calendar.");
        else if (day < today)
            fields.Refuse("until", allowed, "The day is past, so nobody could connect; take the consumer out, or give it a later day.");
        else
            return day;
        return null;
    }
}
