using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.Templates;

namespace LocalAws.Lambda;

/// <summary>Functions as the API shows them (docs.aws.amazon.com: API reference, "FunctionConfiguration").</summary>
internal static class FunctionDescriptions
{
    public static JsonObject Of(FunctionSettings function, LambdaFunctions functions)
    {
        var description = new JsonObject
        {
            ["FunctionName"] = function.FunctionName,
            ["FunctionArn"] = function.Arn,
            ["Runtime"] = function.Runtime,
            ["Role"] = function.Role.Arn,
            ["Handler"] = function.Handler,
            ["Timeout"] = (int)function.Timeout.TotalSeconds,
            ["MemorySize"] = function.MemoryMb,
            ["Version"] = "$LATEST",
            ["PackageType"] = "Zip",
            ["LastModified"] = functions.DeployedAt(function).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
            ["State"] = "Active",
            ["LastUpdateStatus"] = "Successful",
        };
        if (function.DeadLetterArn is { } deadLetters)
            description["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = deadLetters };
        if (!function.Environment.IsEmpty)
        {
            var variables = function.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal);
            description["Environment"] = new JsonObject
            {
                ["Variables"] = new JsonObject(variables.Select(variable => KeyValuePair.Create<string, JsonNode?>(variable.Key, variable.Value))),
            };
        }

        if (function.Vpc is { } vpc)
        {
            description["VpcConfig"] = new JsonObject
            {
                ["SubnetIds"] = Texts(vpc.SubnetIds),
                ["SecurityGroupIds"] = Texts(vpc.SecurityGroupIds),
            };
        }

        return description;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
