using System.Security.Cryptography;
using System.Text;

namespace ServerlessPrivateLink;

/// <summary>
/// The token by which EC2 recognises a repeated create. It comes from what the resource is built on, so that a call whose answer was lost
/// is the same request, and a link that was released and built again a new one.
/// </summary>
public static class ClientToken
{
    // EC2 takes up to 64 ASCII characters, which is just what SHA-256 gives in hex.
    public static string For(string foundation) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(foundation)));
}
