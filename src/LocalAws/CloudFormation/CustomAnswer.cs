using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.CloudFormation;

/// <summary>What a custom resource answered (AWS CloudFormation User Guide, "Custom resource response objects").</summary>
/// <param name="Succeeded">Whether it says so, in a form that is understood.</param>
/// <param name="Reason">Why not.</param>
/// <param name="PhysicalId">What the resource is now; null: it does not say.</param>
/// <param name="Data">Its attributes.</param>
public sealed record CustomAnswer(bool Succeeded, string Reason, string? PhysicalId, ImmutableSortedDictionary<string, string> Data)
{
    /// <summary>"The total size of the response body can't exceed 4096 bytes."</summary>
    private const int MostBytes = 4096;

    internal static CustomAnswer None(string reason) => new(false, reason, null, ImmutableSortedDictionary<string, string>.Empty);

    internal static CustomAnswer Read(byte[] body, JsonObject request)
    {
        if (body.Length > MostBytes)
            return None("Response object is too long.");
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(body)) is JsonObject answer ? Read(answer, request) : None("Invalid response: no object.");
        }
        catch (JsonException error)
        {
            return None($"Invalid response: {error.Message}");
        }
    }

    private static CustomAnswer Read(JsonObject answer, JsonObject request)
    {
        string Text(string field) => answer[field]?.GetValueKind() is JsonValueKind.String ? (string)answer[field]! : "";

        var (status, physical) = (Text("Status"), Text("PhysicalResourceId"));
        foreach (var field in new[] { "StackId", "RequestId", "LogicalResourceId" })
        {
            if (Text(field) != (string?)request[field])
                return None($"Invalid response: {field} is not that of the request.");
        }

        if (status is not ("SUCCESS" or "FAILED"))
            return None($"Vendor response has the Status '{status}'.");
        if (physical.Length == 0 || Encoding.UTF8.GetByteCount(physical) > 1024)
            return None("Invalid PhysicalResourceId");
        if (status is "FAILED" && Text("Reason").Length == 0)
            return None("Vendor response doesn't contain Reason attribute");
        var data = answer[nameof(Data)] as JsonObject ?? [];
        return new(status is "SUCCESS", Text("Reason"), physical, data.ToImmutableSortedDictionary(one => one.Key, one => one.Value!.ToString(), StringComparer.Ordinal));
    }
}
