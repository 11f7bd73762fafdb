using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Validation;

/// <summary>Reads a link document from a file.</summary>
public static class LinkFile
{
    /// <summary>What became of it; a file that cannot be read is an error in the document's place.</summary>
    public static LinkReading Read(string path, string partition, DateOnly today)
    {
        if (Directory.Exists(path))
            return Unreadable(path, "That is a directory.");
        try
        {
            using var file = File.OpenRead(path);
            return LinkDocument.Read(file, partition, today);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unreadable(path, e.Message);
        }
    }

    private static LinkReading Unreadable(string path, string why) => new(null, [new("$", path, "a file that can be read", why)]);

    public static DateOnly Today(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
    }
}
