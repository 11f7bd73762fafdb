using System.Text;

namespace ServerlessPrivateLink.Probing;

/// <summary>What a stranger sent, as text that can be logged.</summary>
internal static class SpokenText
{
    private const int Longest = 80;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var one in bytes[..Math.Min(bytes.Length, Longest)]) text.Append(one is >= 0x20 and < 0x7F ? (char)one : '.');
        return text.ToString();
    }

    /// <summary>The bytes before the first zero; null: there is none.</summary>
    public static string? ToZero(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return end < 0 ? null : Of(bytes[..end]);
    }
}
