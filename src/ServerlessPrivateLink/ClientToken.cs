using System.Security.Cryptography;
using System.Text;

namespace ServerlessPrivateLink;

/// <summary>
/// The token by which EC2 recognises a repeated create. It comes from what the resource is built on and from the execution that builds it:
/// a call whose answer was lost is the same request when the step is tried again, and what a person deleted is a new one in the next execution,
/// where EC2 might else answer with what is gone.
/// </summary>
public static class ClientToken
{
    // EC2 takes up to 64 ASCII characters, which is just what SHA-256 gives in hex.
    public static string For(string foundation, string execution) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{foundation} {execution}")));
}
