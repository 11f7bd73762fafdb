using System.Globalization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>How reports write instants.</summary>
internal static class Instant
{
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
