using LocalAws.States.Definitions;
using LocalAws.States.Payloads;

namespace LocalAws.States.Reading;

/// <summary>Reads what a Task calls.</summary>
internal static class ResourceReader
{
    private static readonly string[] InvokeParameters = ["FunctionName", "Payload", "InvocationType", "Qualifier", "ClientContext", "LogType"];

    public static TaskResource Read(Fields fields, PayloadTemplate.Members? parameters)
    {
        var arn = fields.RequiredText("Resource");
        var parts = arn.Split(':');
        if (parts is ["arn", _, "lambda", _, _, "function", ..] && parts.Length is 7 or 8)
            return new TaskResource.Function(arn);
        if (parts is ["arn", _, "states", _, _, "lambda", "invoke"])
        {
            CheckParameters(fields, parameters);
            return new TaskResource.LambdaInvoke(arn);
        }

        if (arn.EndsWith(".waitForTaskToken", StringComparison.Ordinal))
            fields.Wrong("Resource", $"Task tokens (.waitForTaskToken) are not imitated here: {arn}", "NOT_SUPPORTED_HERE");
        else if (arn.Contains(".sync", StringComparison.Ordinal))
            fields.Wrong("Resource", $"Jobs (.sync) are not imitated here: {arn}", "NOT_SUPPORTED_HERE");
        else if (parts is ["arn", ..])
            fields.Wrong("Resource", $"Only Lambda functions are imitated here (arn:…:states:::lambda:invoke or a function's ARN), not {arn}", "NOT_SUPPORTED_HERE");
        else if (arn.Length > 0)
            fields.Wrong("Resource", $"Value is not a valid resource ARN: {arn}");
        return new TaskResource.LambdaInvoke(arn);
    }

    private static void CheckParameters(Fields fields, PayloadTemplate.Members? parameters)
    {
        var names = parameters?.Fields.Select(field => field.Name).ToList() ?? [];
        if (!names.Exists(name => name == "FunctionName"))
            fields.Wrong("Parameters", "The field \"FunctionName\" is required but was missing", "SCHEMA_VALIDATION_FAILED");
        foreach (var name in names.Where(name => !InvokeParameters.Any(known => known == name)))
            fields.Wrong($"Parameters/{name}", $"The field \"{name}\" is not supported by Step Functions");
    }
}
