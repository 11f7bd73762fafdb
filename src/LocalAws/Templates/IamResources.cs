using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Access;

namespace LocalAws.Templates;

internal static class IamResources
{
    public static Made Role(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("RoleName") ?? deployment.NewName(id, 64);
        var managed = properties.Texts("ManagedPolicyArns").Select((arn, at) => ManagedPolicies.ByArn(deployment, arn, $"{properties.At("ManagedPolicyArns")}[{at}]"));
        var inline = properties.Groups("Policies").Select(policy => PolicyDocuments.OfIdentity(policy.Text("PolicyName"), policy, "PolicyDocument"));
        var trusted = Trust(properties.Json("AssumeRolePolicyDocument"), properties.At("AssumeRolePolicyDocument"));
        properties.Ignore("Description", "MaxSessionDuration");
        properties.TagList("Tags");
        var role = Roles.Add(deployment, id, name, [.. managed, .. inline], trusted);
        return Made.Of(name, ("Arn", role.Arn), ("RoleId", "AROA" + deployment.Suffix(17).ToUpperInvariant()));
    }

    public static Made ManagedPolicy(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("ManagedPolicyName") ?? deployment.NewName(id, 128);
        var arn = $"arn:{deployment.Cloud.Options.Partition}:iam::{deployment.Cloud.Options.AccountId}:policy/{name}";
        deployment.Made.ManagedPolicies[arn] = PolicyDocuments.OfIdentity(id, properties, "PolicyDocument");
        properties.OptionalText("Description");
        return Made.Of(arn, ("PolicyArn", arn));
    }

    private static ImmutableArray<string> Trust(JsonNode? document, string path)
    {
        var statements = document?["Statement"] is JsonArray list ? [.. list] : ImmutableArray.Create(document?["Statement"]);
        return [.. statements.SelectMany((statement, at) => Trusted(statement, $"{path}.Statement[{at}]"))];
    }

    private static IEnumerable<string> Trusted(JsonNode? statement, string path) => statement?["Effect"]?.ToString() is "Allow"
        && (statement["Action"] is JsonArray { Count: 1 } one ? one[0] : statement["Action"])?.ToString() is "sts:AssumeRole"
            ? statement["Principal"]?["Service"] switch
            {
                JsonArray services => services.Select(service => service!.ToString()),
                JsonValue service => [service.ToString()],
                _ => throw new TemplateException(path + ".Principal", "nothing", "{\"Service\": …}"),
            }
            : throw new TemplateException(path, statement?.ToJsonString() ?? "nothing", "an Allow of sts:AssumeRole");
}

internal static class Roles
{
    public static RoleSettings Add(Deployment deployment, string id, string name, ImmutableArray<Policy> policies, ImmutableArray<string> trusted)
    {
        var options = deployment.Cloud.Options;
        var arn = $"arn:{options.Partition}:iam::{options.AccountId}:role/{name}";
        var role = new RoleSettings(name, arn, policies, Caller(deployment, id, name, arn, policies, "session"));
        deployment.Made.Roles[id] = role;
        deployment.Made.Trust[arn] = trusted;
        return role;
    }

    /// <summary>A role as one function or state machine takes it on.</summary>
    /// <param name="deployment">Where.</param>
    /// <param name="arn">The role.</param>
    /// <param name="service">The service that must be trusted.</param>
    /// <param name="id">The logical id of who takes it on.</param>
    /// <param name="session">The session's name.</param>
    /// <param name="path">The place that names the role.</param>
    public static RoleSettings For(Deployment deployment, string arn, string service, string id, string session, string path)
    {
        var (roleId, role) = deployment.Made.Roles.FirstOrDefault(known => known.Value.Arn == arn);
        if (role is null)
            throw new TemplateException(path, arn, "the ARN of a role of this template");
        if (!deployment.Made.Trust[arn].Contains(service, StringComparer.Ordinal))
            throw new TemplateException(path, $"{roleId}, which trusts {string.Join(", ", deployment.Made.Trust[arn])}", $"a role that trusts {service}");
        return role with { Caller = Caller(deployment, id, role.Name, arn, role.Policies, session) };
    }

    /// <summary>What is true of every call of a role (IAM User Guide, "AWS global condition context keys").</summary>
    private static Caller Caller(Deployment deployment, string id, string name, string arn, ImmutableArray<Policy> policies, string session)
    {
        var options = deployment.Cloud.Options;
        var facts = ConditionKeys.None
            .With("aws:PrincipalAccount", options.AccountId)
            .With("aws:PrincipalArn", arn)
            .With("aws:PrincipalType", "AssumedRole")
            .With("aws:PrincipalIsAWSService", "false")
            .With("aws:RequestedRegion", options.Region)
            .With("aws:SecureTransport", "true")
            .With("aws:ViaAWSService", "false")
            .With("ec2:Region", options.Region);
        return new($"arn:{options.Partition}:sts::{options.AccountId}:assumed-role/{name}/{session}", options.AccountId, id, policies, facts);
    }
}
