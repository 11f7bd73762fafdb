using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Deploying;

public enum RequestKind
{
    Create,
    Update,
    Delete,
}

/// <summary>What CloudFormation asks of a custom resource ("Custom resource request objects", AWS CloudFormation User Guide).</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Answer">Where the answer goes. Whoever knows it can answer in our name, so it is told to nobody.</param>
/// <param name="StackId">Whose resource it is.</param>
/// <param name="RequestId">The same however often the request comes.</param>
/// <param name="LogicalId">The resource's name in its template.</param>
/// <param name="PhysicalId">What the resource is; empty: nothing yet.</param>
/// <param name="Document">The property <c>Document</c>; empty: there is none.</param>
public sealed partial record StackRequest(RequestKind Kind, Uri Answer, string StackId, string RequestId, string LogicalId, string PhysicalId, string Document)
{
    /// <summary>Null for what is no such request.</summary>
    public static StackRequest? Read(JsonElement asked)
    {
        if (asked.ValueKind is not JsonValueKind.Object) return null;
        var (stack, request, resource) = (Text(asked, "StackId"), Text(asked, "RequestId"), Text(asked, "LogicalResourceId"));
        return KindOf(Text(asked, "RequestType")) is { } kind
            && Uri.TryCreate(Text(asked, "ResponseURL"), UriKind.Absolute, out var answer)
            && stack.Length > 0 && resource.Length > 0 && Id().IsMatch(request)
                ? new(kind, answer, stack, request, resource, Text(asked, "PhysicalResourceId"), asked.TryGetProperty("ResourceProperties", out var properties) ? Text(properties, "Document") : "")
                : null;
    }

    private static RequestKind? KindOf(string word) => word switch
    {
        "Create" => RequestKind.Create,
        "Update" => RequestKind.Update,
        "Delete" => RequestKind.Delete,
        _ => null,
    };

    private static string Text(JsonElement fields, string name) =>
        fields.ValueKind is JsonValueKind.Object && fields.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    // It becomes part of the names of an execution and of a parameter.
    [GeneratedRegex("^[A-Za-z0-9-]{1,64}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
