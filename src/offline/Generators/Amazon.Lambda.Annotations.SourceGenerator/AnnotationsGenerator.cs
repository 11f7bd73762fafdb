using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// Makes the class behind each handler string, as the generator of the official Amazon.Lambda.Annotations 2.3.0 does
/// (https://github.com/aws/aws-lambda-dotnet, Libraries/src/Amazon.Lambda.Annotations), but leaves every template alone.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class AnnotationsGenerator : IIncrementalGenerator
{
    private const int LongestHandler = 127;

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var functions = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Amazon.Lambda.Annotations.LambdaFunctionAttribute",
            static (_, _) => true,
            static (found, _) => Function.Read((IMethodSymbol)found.TargetSymbol, found.Attributes[0]));
        var startups = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Amazon.Lambda.Annotations.LambdaStartupAttribute",
            static (_, _) => true,
            static (found, _) => Startup.Read((INamedTypeSymbol)found.TargetSymbol));
        var assembly = context.CompilationProvider.Select(static (compilation, _) => Assembly.Read(compilation.Assembly));

        context.RegisterSourceOutput(functions.Collect().Combine(startups.Collect()).Combine(assembly), static (output, found) =>
            Generate(output, found.Left.Left, found.Left.Right, found.Right));
    }

    private static void Generate(SourceProductionContext output, ImmutableArray<Function> functions, ImmutableArray<Startup> startups, Assembly assembly)
    {
        if (functions.IsEmpty || Refuse(output, functions[0], startups, assembly))
        {
            return;
        }

        foreach (var sameName in functions.GroupBy(function => function.GeneratedClass))
        {
            foreach (var second in sameName.Skip(1))
            {
                output.ReportDiagnostic(second.Place.Report(Refusals.GeneratorFailed, $"two functions would be generated as {sameName.Key}"));
            }

            var function = sameName.First();
            if (Accept(output, function, assembly) is { } serializer)
            {
                output.AddSource($"{function.GeneratedClass}.g.cs", HandlerSource.Write(function, startups.FirstOrDefault(), serializer));
            }
        }
    }

    private static bool Refuse(SourceProductionContext output, Function first, ImmutableArray<Startup> startups, Assembly assembly)
    {
        var refusals = startups.Skip(1).Select(another => another.Place.Report(Refusals.SeveralStartups, another.Type))
            .Concat(startups.Where(startup => startup is { ConfiguresServices: true, ConfiguresHost: true })
                .Select(startup => startup.Place.Report(Refusals.TwoConfigureMethods, startup.Type)))
            .Concat(startups.Where(startup => startup is { ConfiguresServices: false, ConfiguresHost: true })
                .Select(startup => startup.Place.Report(Refusals.NotImitated, "ConfigureHostBuilder")))
            .ToList();
        if (assembly.GeneratesMain)
        {
            refusals.Add(first.Place.Report(Refusals.NotImitated, "GenerateMain"));
        }

        refusals.ForEach(output.ReportDiagnostic);
        return refusals.Count > 0;
    }

    private static string? Accept(SourceProductionContext output, Function function, Assembly assembly)
    {
        var type = function.Namespace.Length == 0 ? function.GeneratedClass : $"{function.Namespace}.{function.GeneratedClass}";
        var handler = $"{assembly.Name}::{type}::{function.Method}";
        var serializer = function.MethodSerializer ?? assembly.Serializer;
        var refusal =
            serializer is null ? function.Place.Report(Refusals.SerializerMissing, function.Method)
            : function.ResourceName is { } name && !Regex.IsMatch(name, "^[a-zA-Z0-9]+$") ? function.Place.Report(Refusals.ResourceName, name, function.Method)
            : !function.IsImage && handler.Length > LongestHandler ? function.Place.Report(Refusals.HandlerTooLong, handler, handler.Length)
            : null;
        if (refusal is not null)
        {
            output.ReportDiagnostic(refusal);
        }

        return refusal is null ? serializer : null;
    }

    private sealed record Assembly(string Name, string? Serializer, bool GeneratesMain)
    {
        public static Assembly Read(IAssemblySymbol assembly) => new(
            assembly.Name,
            Function.Serializer(assembly),
            assembly.GetAttributes().Any(attribute =>
                attribute.AttributeClass?.ToDisplayString() == "Amazon.Lambda.Annotations.LambdaGlobalPropertiesAttribute"
                && attribute.NamedArguments.Any(argument => argument.Key == "GenerateMain" && argument.Value.Value is true)));
    }
}
