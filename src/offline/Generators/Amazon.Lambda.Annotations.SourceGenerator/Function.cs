using System.Linq;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>One method with <c>[LambdaFunction]</c>, as text that compares by value.</summary>
internal sealed record Function(
    string Namespace,
    string Class,
    string ClassType,
    string Method,
    string ReturnType,
    bool Awaits,
    bool ReturnsNothing,
    string Parameters,
    string Arguments,
    string Resolutions,
    string? MethodSerializer,
    string? ResourceName,
    bool IsImage,
    Place Place)
{
    // With nullable annotations: the official generator repeats them, which CS8669 then refuses.
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The generated type's name without its namespace.</summary>
    public string GeneratedClass => $"{Class}_{Method}_Generated";

    public static Function Read(IMethodSymbol method, AttributeData attribute)
    {
        var parameters = method.Parameters.Where(parameter => !IsFromServices(parameter));
        var services = method.Parameters.Where(IsFromServices);
        var task = method.ReturnType.OriginalDefinition.ToDisplayString();
        return new Function(
            method.ContainingNamespace.IsGlobalNamespace ? string.Empty : method.ContainingNamespace.ToDisplayString(),
            method.ContainingType.Name,
            method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            method.Name,
            method.ReturnType.ToDisplayString(TypeFormat),
            task is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>",
            method.ReturnsVoid || task == "System.Threading.Tasks.Task",
            string.Join(", ", parameters.Select(parameter => $"{parameter.Type.ToDisplayString(TypeFormat)} {Argument(parameter)}")),
            string.Join(", ", method.Parameters.Select(Argument)),
            string.Concat(services.Select(Resolution)),
            Serializer(method),
            Named(attribute, "ResourceName") as string,
            Named(attribute, "PackageType") is 1,
            Place.Of(method));
    }

    /// <summary>The type that <c>[LambdaSerializer]</c> on this method or assembly names.</summary>
    public static string? Serializer(ISymbol marked) => marked.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.ToDisplayString() == "Amazon.Lambda.Core.LambdaSerializerAttribute")
        .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol)
        .FirstOrDefault()?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private static bool IsFromServices(IParameterSymbol parameter) => parameter.GetAttributes()
        .Any(attribute => attribute.AttributeClass?.ToDisplayString() == "Amazon.Lambda.Annotations.FromServicesAttribute");

    private static string Argument(IParameterSymbol parameter) =>
        IsFromServices(parameter) ? parameter.Name
        : parameter.Type.ToDisplayString() == "Amazon.Lambda.Core.ILambdaContext" ? "__context__"
        : $"__{parameter.Name}__";

    private static string Resolution(IParameterSymbol parameter) =>
        $"var {parameter.Name} = scope.ServiceProvider.GetRequiredService<{parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}>();" + "\n";
}
