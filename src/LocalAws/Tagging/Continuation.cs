using System.Globalization;
using System.Text;
using LocalAws.Wire;

namespace LocalAws.Tagging;

/// <summary>A pagination token: where the next page begins. It is valid for 15 minutes (Resource Groups Tagging API Reference: "GetResources", errors).</summary>
internal static class Continuation
{
    private const string Mark = "local-tags";

    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(15);

    public static string Write(int begin, DateTimeOffset now) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}:{begin}:{now.ToUnixTimeMilliseconds()}")));

    public static int Read(string token, DateTimeOffset now)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length)
            || Encoding.ASCII.GetString(bytes, 0, length).Split(':') is not [Mark, var begin, var written]
            || !int.TryParse(begin, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            || !long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            throw new AwsErrorException("InvalidParameterException", "PaginationToken is not one that was given out");
        }

        return now - DateTimeOffset.FromUnixTimeMilliseconds(at) <= Valid ? place : throw new AwsErrorException("PaginationTokenExpiredException", "The PaginationToken has expired");
    }
}
