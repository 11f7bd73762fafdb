using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>What the template lets others do with its functions.</summary>
internal static class LambdaPermissions
{
    public static Made Permission(Deployment deployment, string id, Properties properties)
    {
        var action = properties.Word("Action", "lambda:InvokeFunction");
        Allow(deployment, id, action, Function(deployment, properties), properties.Text("Principal"), properties.OptionalText("SourceArn"), properties.OptionalText("SourceAccount"));
        return Made.Of(deployment.NewName(id, 100));
    }

    /// <summary>Adds a statement to the function's policy, as <c>AddPermission</c> does (AWS Lambda API Reference).</summary>
    public static void Allow(Deployment deployment, string id, string action, FunctionSettings function, string principal, string? sourceArn, string? sourceAccount)
    {
        var conditions = new[]
        {
            sourceArn is null ? null : new Condition("ArnLike", "aws:SourceArn", [sourceArn]),
            sourceAccount is null ? null : new Condition("StringEquals", "aws:SourceAccount", [sourceAccount]),
        };
        var kind = principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? "Service" : "AWS";
        var statement = new Statement(id, false, [action], [function.Arn], [.. conditions.OfType<Condition>()]);
        var before = function.Policy?.Statements ?? [];
        deployment.Made.Functions[function.LogicalId] = function with { Policy = new(function.LogicalId, before.Add(new([new(kind, principal)], statement))) };
    }

    /// <summary>The function that a property names.</summary>
    public static FunctionSettings Function(Deployment deployment, Properties properties)
    {
        var name = properties.Text("FunctionName");
        return deployment.Made.Functions.Values.FirstOrDefault(function => function.FunctionName == name || function.Arn == name)
            ?? throw new TemplateException(properties.At("FunctionName"), name, "the name or ARN of a function of this template");
    }
}
