using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Deploying;

/// <summary>
/// How a link is called as the resource of a stack. By this name alone CloudFormation asks for its deletion, also after a creation that failed;
/// so a link that stood before such a creation goes by a name that nothing is deleted under.
/// </summary>
public static class PhysicalLink
{
    /// <summary>What never came to have a name.</summary>
    public const string None = "none";

    private const string Own = "link/";
    private const string Others = "kept/";

    public static string Of(string link) => Own + link;

    public static string Kept(string link) => Others + link;

    /// <summary>The link that goes when the resource goes; null: none.</summary>
    public static string? LinkOf(string physicalId) =>
        physicalId.StartsWith(Own, StringComparison.Ordinal) && LinkDocument.IsName(physicalId[Own.Length..]) ? physicalId[Own.Length..] : null;
}
