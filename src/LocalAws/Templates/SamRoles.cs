using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>
/// The role that SAM makes for a function or state machine that names none (AWS SAM Developer Guide, "Generated AWS CloudFormation
/// resources"; the managed policies as its translator attaches them).
/// </summary>
internal static class SamRoles
{
    private const string Ending = "Role";

    /// <summary>Whose generated role a logical id means; null: nobody's.</summary>
    public static string? OwnerOf(Template template, string id)
    {
        if (!id.EndsWith(Ending, StringComparison.Ordinal))
            return null;
        var owner = id[..^Ending.Length];
        return template.Resources[owner] is { } resource
            && resource["Type"]?.ToString() is ServerlessFunction.Type or ServerlessStateMachine.Type
            && resource["Properties"]?["Role"] is null
                ? owner
                : null;
    }

    public static Made Make(Deployment deployment, Template template, string id)
    {
        var owner = OwnerOf(template, id)!;
        var isFunction = template.Resources[owner]!["Type"]!.ToString() is ServerlessFunction.Type;
        var managed = isFunction ? OfFunction(deployment, owner) : OfStateMachine(deployment, owner);
        var name = deployment.NewName(id, 64);
        var role = Roles.Add(deployment, id, name, [.. managed, .. Own(deployment, owner, id)], [isFunction ? ServerlessFunction.Principal : ServerlessStateMachine.Principal]);
        return Made.Of(name, ("Arn", role.Arn));
    }

    private static IEnumerable<Policy> OfFunction(Deployment deployment, string owner)
    {
        yield return ManagedPolicies.ByName(ManagedPolicies.Basic, owner);
        if (deployment.Early(owner, "Tracing")?.ToString() is "Active" or "PassThrough")
            yield return ManagedPolicies.Tracing(deployment);
        if (deployment.Early(owner, "VpcConfig") is not null)
            yield return ManagedPolicies.ByName(ManagedPolicies.Vpc, owner);
        foreach (var policy in AsyncResources.PoliciesOf(deployment, owner))
            yield return policy;
    }

    private static IEnumerable<Policy> OfStateMachine(Deployment deployment, string owner)
    {
        if (deployment.Early(owner, "Tracing")?["Enabled"]?.ToString() is "true")
            yield return ManagedPolicies.Tracing(deployment);
    }

    private static IEnumerable<Policy> Own(Deployment deployment, string owner, string id)
    {
        var path = $"Resources.{owner}.Properties.Policies";
        ImmutableArray<JsonNode?> entries = deployment.Early(owner, "Policies") switch
        {
            null => [],
            JsonArray list => [.. list],
            var one => [one],
        };
        return entries.Select((entry, at) => entry switch
        {
            JsonValue value when value.ToString() is var name => name.StartsWith("arn:", StringComparison.Ordinal)
                ? ManagedPolicies.ByArn(deployment, name, $"{path}[{at}]")
                : ManagedPolicies.ByName(name, $"{path}[{at}]"),
            JsonObject document when document.ContainsKey("Statement") =>
                PolicyDocuments.At($"{path}[{at}]", () => Policy.Read($"{id}Policy{at}", document)),
            _ => throw new TemplateException($"{path}[{at}]", entry?.ToJsonString() ?? "nothing", "the name or ARN of a managed policy, or a policy document with a Statement"),
        });
    }
}
