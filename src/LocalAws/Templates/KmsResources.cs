using LocalAws.Access;

namespace LocalAws.Templates;

internal static class KmsResources
{
    public static Made Key(Deployment deployment, string id, Properties properties)
    {
        var keyId = deployment.Cloud.Chance.Uuid();
        var arn = deployment.Cloud.Arn("kms", $"key/{keyId}");
        var policy = PolicyDocuments.OfResource(id, properties, "KeyPolicy");
        properties.Word("KeySpec", "SYMMETRIC_DEFAULT");
        properties.Word("KeyUsage", "ENCRYPT_DECRYPT");
        properties.Flag("EnableKeyRotation");
        properties.Flag("Enabled");
        properties.Flag("MultiRegion");
        properties.Number("PendingWindowInDays", 7, 30);
        properties.Number("RotationPeriodInDays", 90, 2560);
        properties.OptionalText("Description");
        properties.TagList("Tags");
        deployment.Made.Keys[id] = new(id, keyId, arn, policy);
        deployment.Made.KeyNames[keyId] = arn;
        deployment.Made.KeyNames[arn] = arn;
        deployment.Cloud.Access.Attach(arn, policy);
        return Made.Of(keyId, ("Arn", arn), ("KeyId", keyId));
    }

    public static Made Alias(Deployment deployment, string _, Properties properties)
    {
        var name = properties.Text("AliasName");
        if (!name.StartsWith("alias/", StringComparison.Ordinal) || name.StartsWith("alias/aws/", StringComparison.Ordinal))
            throw new TemplateException(properties.At("AliasName"), name, "alias/…, but not alias/aws/…");
        var arn = Find(deployment, properties, "TargetKeyId");
        deployment.Made.KeyNames[name] = arn;
        deployment.Made.KeyNames[deployment.Cloud.Arn("kms", name)] = arn;
        return Made.Of(name);
    }

    /// <summary>The ARN of the key that a property names by id, ARN or alias.</summary>
    public static string Find(Deployment deployment, Properties properties, string name) =>
        deployment.Made.KeyNames.GetValueOrDefault(properties.Text(name))
        ?? throw new TemplateException(properties.At(name), properties.Text(name), "the id, ARN or alias of a key of this template");
}

/// <summary>Reads policies that stand in properties, so that an error names the place in the template.</summary>
internal static class PolicyDocuments
{
    public static Policy OfIdentity(string name, Properties properties, string property) => At(properties.At(property), () => Policy.Read(name, properties.Json(property)));

    public static ResourcePolicy OfResource(string name, Properties properties, string property) => At(properties.At(property), () => ResourcePolicy.Read(name, properties.Json(property)));

    public static T At<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (PolicyException error)
        {
            throw TemplateException.In(path, error);
        }
    }
}
