using ServerlessPrivateLink.Cli.Validation;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>A link and where it stands written.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Link">What the document says.</param>
/// <param name="Document">The document itself, which is the machine's input.</param>
public sealed record LinkSource(string Path, Link Link, string Document)
{
    /// <summary>Null: it is no link, and why was written.</summary>
    internal static LinkSource? Read(string path, string partition, DateOnly today, bool json, Screen screen)
    {
        var reading = LinkFile.Read(path, partition, today, out var document);
        if (reading.Link is { } link)
            return new(path, link, document);
        var errors = new InputErrors(reading.Errors);
        if (json)
            errors.WriteJson(screen.Output);
        else
            errors.WriteText(screen.Error, path);
        return null;
    }
}
