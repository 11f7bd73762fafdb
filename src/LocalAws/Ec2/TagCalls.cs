using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Tags put on and taken off what exists.</summary>
internal sealed class TagCalls(Ec2State ec2)
{
    private static readonly ImmutableDictionary<string, string> Kinds = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("vpce-svc-perm-", "vpc-endpoint-service-permission"),
        KeyValuePair.Create("vpce-svc-", "vpc-endpoint-service"),
        KeyValuePair.Create("vpce-con-", "vpc-endpoint-connection"),
        KeyValuePair.Create("sgr-", "security-group-rule"),
        KeyValuePair.Create("sg-", "security-group"),
        KeyValuePair.Create("subnet-", "subnet"),
        KeyValuePair.Create("rtb-", "route-table"),
        KeyValuePair.Create("eni-", "network-interface"),
        KeyValuePair.Create("vpc-", "vpc"),
    ]);

    public IEnumerable<Operation> All => [Operation.Writes("CreateTags", Create), Operation.Writes("DeleteTags", Delete)];

    private Answer Create(ApiCall call)
    {
        var tags = TagRules.Read(call.Form);
        if (!tags.Any)
            throw new AwsErrorException("MissingParameter", "The request must contain the parameter Tag");
        foreach (var resource in Allowed(call, tags))
        {
            var all = resource.Tags.With(tags.Values);
            TagRules.CheckCount(all);
            resource.Tags = all;
        }

        return Ec2Xml.Done;
    }

    private Answer Delete(ApiCall call)
    {
        var entries = call.Form.List("Tag");
        foreach (var resource in Allowed(call, entries.IsEmpty ? Tags.None : Tags.Read(entries)))
        {
            resource.Tags = entries.IsEmpty
                ? Tags.None
                : resource.Tags.Without(entries.Where(entry => entry.Text("Value") is null || resource.Tags[entry.Required("Key")] == entry.Text("Value")).Select(entry => entry.Required("Key")));
        }

        return Ec2Xml.Done;
    }

    private ImmutableArray<Ec2Resource> Allowed(ApiCall call, Tags tags)
    {
        var ids = call.Form.Texts("ResourceId");
        if (ids.IsEmpty)
            throw new AwsErrorException("MissingParameter", "The request must contain the parameter ResourceId");
        foreach (var id in ids)
            call.DemandOn(ec2, KindOf(id), id, ConditionKeys.None.RequestTags(tags));
        call.StopIfDryRun();
        return [.. ids.Select(id => ec2.FindShown<Ec2Resource>(id) ?? throw new AwsErrorException("InvalidID", $"The ID '{id}' is not valid"))];
    }

    private string KindOf(string id) =>
        ec2.Find<Ec2Resource>(id)?.Kind
        ?? Kinds.Where(kind => id.StartsWith(kind.Key, StringComparison.Ordinal)).MaxBy(kind => kind.Key.Length).Value
        ?? throw new AwsErrorException("InvalidID", $"The ID '{id}' is not valid");
}
