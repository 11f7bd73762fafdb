using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LambdaHost;

/// <summary>What a handler reads from its context (Lambda Developer Guide, "Using the Lambda context object to retrieve C# function information").</summary>
internal static class ContextValues
{
    /// <returns>Null: nothing is known of such a property, as of one that a later Amazon.Lambda.Core brings.</returns>
    public static object? Of(string property, Invocation invocation, ImmutableDictionary<string, string> environment, TimeProvider clock) => property switch
    {
        "AwsRequestId" => invocation.RequestId,
        "InvokedFunctionArn" => invocation.FunctionArn,
        "RemainingTime" => invocation.Deadline - clock.GetUtcNow(),
        "TraceId" => invocation.TraceId ?? "",
        "TenantId" => invocation.TenantId ?? "",
        "FunctionName" => environment.GetValueOrDefault("AWS_LAMBDA_FUNCTION_NAME"),
        "FunctionVersion" => environment.GetValueOrDefault("AWS_LAMBDA_FUNCTION_VERSION"),
        "LogGroupName" => environment.GetValueOrDefault("AWS_LAMBDA_LOG_GROUP_NAME"),
        "LogStreamName" => environment.GetValueOrDefault("AWS_LAMBDA_LOG_STREAM_NAME"),
        "MemoryLimitInMB" => int.Parse(environment.GetValueOrDefault("AWS_LAMBDA_FUNCTION_MEMORY_SIZE") ?? "0", CultureInfo.InvariantCulture),
        "Identity" => Identity(invocation.Identity),
        "ClientContext" => Client(invocation.ClientContext),
        _ => null,
    };

    private static Dictionary<string, object?>? Identity(string? header) => header is null ? null : new(StringComparer.Ordinal)
    {
        ["IdentityId"] = Text(JsonNode.Parse(header), "cognitoIdentityId"),
        ["IdentityPoolId"] = Text(JsonNode.Parse(header), "cognitoIdentityPoolId"),
    };

    private static Dictionary<string, object?>? Client(string? header)
    {
        if (header is null || JsonNode.Parse(header) is not { } context)
            return null;
        return new(StringComparer.Ordinal)
        {
            ["Environment"] = Texts(context["env"]),
            ["Custom"] = Texts(context["custom"]),
            ["Client"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["AppPackageName"] = Text(context["client"], "app_package_name"),
                ["AppTitle"] = Text(context["client"], "app_title"),
                ["AppVersionCode"] = Text(context["client"], "app_version_code"),
                ["AppVersionName"] = Text(context["client"], "app_version_name"),
                ["InstallationId"] = Text(context["client"], "installation_id"),
            },
        };
    }

    private static Dictionary<string, string> Texts(JsonNode? values) =>
        (values as JsonObject ?? []).ToDictionary(value => value.Key, value => value.Value?.ToString() ?? "", StringComparer.Ordinal);

    private static string? Text(JsonNode? values, string name) => values?[name]?.ToString();
}
