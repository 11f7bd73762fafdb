using System.Linq;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>The class with <c>[LambdaStartup]</c>.</summary>
internal sealed record Startup(string Type, bool ConfiguresServices, bool ConfiguresHost, Place Place)
{
    public static Startup Read(INamedTypeSymbol type) => new(
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
        type.GetMembers("ConfigureServices").Any(),
        type.GetMembers("ConfigureHostBuilder").Any(),
        Place.Of(type));
}
