using System.Text;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Validation;

/// <summary>Reads a link document from a file.</summary>
public static class LinkFile
{
    /// <summary>What became of it; a file that cannot be read is an error in the document's place.</summary>
    public static LinkReading Read(string path, string partition, DateOnly today) => Read(path, partition, today, out _);

    /// <summary>Likewise, with the very text that was judged: a pipe can be read once, and a file may change in between.</summary>
    public static LinkReading Read(string path, string partition, DateOnly today, out string text)
    {
        text = "";
        if (Directory.Exists(path))
            return Unreadable(path, "That is a directory.");
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[LinkDocument.MaxBytes + 1];
            var document = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            text = Encoding.UTF8.GetString(document).TrimStart('\uFEFF');
            return LinkDocument.Read(document, partition, today);
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
