using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Reads tags and holds them to EC2's limits (docs.aws.amazon.com: "Tag your Amazon EC2 resources", tag restrictions).</summary>
internal static class TagRules
{
    private const int Most = 50;
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    /// <summary>The tags for one kind of resource in a request's tag specifications; another kind is refused.</summary>
    public static Tags Specified(Form form, string kind)
    {
        var tags = Tags.None;
        foreach (var specification in form.List("TagSpecification"))
        {
            var type = specification.Required("ResourceType");
            if (type != kind)
                throw new AwsErrorException("InvalidParameterValue", $"'{type}' is not a valid taggable resource type for this operation.");
            tags = tags.With(Read(specification).Values);
        }

        return tags;
    }

    public static Tags Read(Form form)
    {
        var entries = form.List("Tag");
        foreach (var entry in entries)
            Check(entry.Required("Key"), entry.Text("Value") ?? "");
        var tags = Tags.Read(entries);
        if (tags.Values.Count < entries.Length)
            throw new AwsErrorException("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case sensitive.");
        CheckCount(tags);
        return tags;
    }

    public static void CheckCount(Tags tags)
    {
        if (tags.Values.Count > Most)
            throw new AwsErrorException("TagLimitExceeded", $"The maximum number of Tags for a resource has been reached ({Most}).");
    }

    private static void Check(string key, string value)
    {
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            throw new AwsErrorException("InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
        if (key.Length > LongestKey)
            throw new AwsErrorException("InvalidParameterValue", $"Tag key exceeds the maximum length of {LongestKey} characters");
        if (value.Length > LongestValue)
            throw new AwsErrorException("InvalidParameterValue", $"Tag value exceeds the maximum length of {LongestValue} characters");
    }
}
