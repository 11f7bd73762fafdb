using System.Collections.Immutable;
using System.Text.Json;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <summary>What is to be released, and how.</summary>
/// <param name="Link">The link's name.</param>
/// <param name="Force">Whether connections that wait or are established are rejected for it.</param>
/// <param name="MadeBy">The mark of the execution whose work goes; empty: all that is the link's.</param>
public sealed record ReleaseRequest(string Link, bool Force, string MadeBy)
{
    private const string AMark = "the mark of an execution, as the tag MadeBy has it";
    private static readonly string[] Known = ["name", "force", "madeBy"];

    /// <exception cref="ReleaseRequestInvalidException">It is no such request.</exception>
    public static ReleaseRequest Read(JsonElement request)
    {
        var complaints = new Complaints();
        if (Fields.Of(request, "$", Known, "A request for a release", complaints) is not { } fields) throw new ReleaseRequestInvalidException(complaints.All);

        if (!fields.Has("name")) fields.Missing("name", LinkDocument.AName);
        var madeBy = fields.Text("madeBy", AMark) ?? "";
        if (madeBy.Length > 0 && !MadeByMark.IsOne(madeBy)) fields.Refuse("madeBy", AMark, "That is no such mark.");
        var read = new ReleaseRequest(LinkDocument.Name(fields), fields.Flag("force"), madeBy);
        return complaints.Count == 0 ? read : throw new ReleaseRequestInvalidException(complaints.All);
    }
}

/// <summary>The input names no link, or says something that it cannot say.</summary>
public sealed class ReleaseRequestInvalidException(ImmutableArray<LinkError> errors)
    : RefusedException(
        string.Join('\n', errors.Select(static error => $"{error.Path}: {error.Message} Found {error.Found}; allowed: {error.Allowed}.")),
        "Start the execution again with {\"name\": \"NAME\"}; \"force\": true beside it rejects the link's connections.");
