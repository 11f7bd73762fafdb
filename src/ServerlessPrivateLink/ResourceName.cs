using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessPrivateLink;

/// <summary>
/// The names of what a link is built from. Elastic Load Balancing allows 32 letters, digits and hyphens and is fussy about both ends,
/// so a readable part is cut to fit and a hash of the whole identity keeps two links apart.
/// </summary>
public static class ResourceName
{
    public const int Limit = 32;

    // A fixed beginning also keeps every name from starting with "internal-" or "sg-", which AWS reserves.
    private const string Prefix = "pl-";
    private const int HashLength = 8;

    /// <summary>Whether a name has the shape that ours have; tags tell whether it is.</summary>
    public static bool MayBeOurs(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    public static string LoadBalancer(string stack, string link) => For("load balancer", [stack, link], $"{link}-{stack}");

    public static string SecurityGroup(string stack, string link) => For("security group", [stack, link], $"{link}-{stack}");

    public static string TargetGroup(string stack, string link, string database, int port)
    {
        var portText = port.ToString(CultureInfo.InvariantCulture);
        return For("target group", [stack, link, database, portText], $"{link}-{database}-{portText}");
    }

    private static string For(string kind, string[] identity, string readable)
    {
        var room = Limit - Prefix.Length - HashLength - 1;
        var text = Hyphenated(readable);
        var cut = text[..Math.Min(room, text.Length)].Trim('-');
        return cut.Length == 0 ? $"{Prefix}{Hash(kind, identity)}" : $"{Prefix}{cut}-{Hash(kind, identity)}";
    }

    private static string Hyphenated(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter)) kept.Append(letter);
            else if (kept.Length > 0 && kept[^1] != '-') kept.Append('-');
        }

        return kept.ToString().Trim('-');
    }

    private static string Hash(string kind, string[] identity)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [kind, .. identity])));
        return Convert.ToHexStringLower(bytes)[..HashLength];
    }
}
