using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>A template, or what was given to it, cannot be deployed here; nothing in it is ever skipped.</summary>
/// <param name="path">Where, such as <c>Resources.PlanLink.Properties.Timeout</c>.</param>
/// <param name="found">What stands there.</param>
/// <param name="allowed">What may stand there.</param>
public sealed class TemplateException(string path, string found, string allowed)
    : FormatException($"{path}: found {found}; allowed: {allowed}.")
{
    /// <summary>Where in the template.</summary>
    public string Path { get; } = path;

    internal static TemplateException In(string path, PolicyException error) => new($"{path}.{error.Path}", error.Found, error.Allowed);
}
