using System.Text.RegularExpressions;

namespace LocalAws.LoadBalancing;

/// <summary>The rules for names and tags of new resources.</summary>
internal static partial class ElbNames
{
    private const int Longest = 32;
    private const int MostTags = 50;

    public static void Check(string noun, string name)
    {
        if (name.Length > Longest)
            throw ElbErrors.Invalid($"{noun} name '{name}' cannot be longer than '{Longest}' characters");
        if (!Letters().IsMatch(name))
            throw ElbErrors.Invalid($"{noun} name '{name}' can only contain characters that are alphanumeric characters and hyphens(-)");
        if (name[0] == '-' || name[^1] == '-')
            throw ElbErrors.Invalid($"{noun} name '{name}' cannot begin or end with a hyphen(-)");
    }

    /// <summary>The tags of a request.</summary>
    public static Tags Tags(Wire.Form form)
    {
        var entries = form.List("Tags.member");
        var tags = LocalAws.Tags.Read(entries);
        if (tags.Values.Count < entries.Length)
            throw new Wire.AwsErrorException("DuplicateTagKeys", "A tag key was specified more than once");
        CheckCount(tags);
        return tags;
    }

    public static void CheckCount(Tags tags)
    {
        if (tags.Values.Count > MostTags)
            throw new Wire.AwsErrorException("TooManyTags", $"You've reached the limit on the number of tags per resource ({MostTags})");
    }

    [GeneratedRegex("^[a-zA-Z0-9-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Letters();
}
