using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>
/// What an execution makes carries its mark from the first moment, where its document says that a failure takes it away again:
/// whatever stood before carries none, or another.
/// </summary>
public static class MadeByMark
{
    private const int Length = 16;

    /// <summary>Empty: what is made carries none, and stays.</summary>
    public static string Of(OnFailure onFailure, string execution) =>
        onFailure is OnFailure.Release ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(execution)))[..Length] : "";

    public static bool IsOne(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);

    public static ImmutableSortedDictionary<string, string> Marked(this ImmutableSortedDictionary<string, string> tags, string mark) =>
        mark.Length == 0 ? tags : tags.Add(ResourceTags.MadeBy, mark);
}
