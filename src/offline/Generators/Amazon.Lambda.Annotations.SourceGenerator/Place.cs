using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>A place in the source that compares by value; a <see cref="Location"/> would keep every old syntax tree alive.</summary>
internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place Of(ISymbol symbol)
    {
        var location = symbol.Locations[0];
        return new Place(location.SourceTree?.FilePath ?? string.Empty, location.SourceSpan, location.GetLineSpan().Span);
    }

    public Diagnostic Report(DiagnosticDescriptor descriptor, params object[] arguments) =>
        Diagnostic.Create(descriptor, Location.Create(Path, Span, Lines), arguments);
}
