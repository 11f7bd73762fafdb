using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AwsSurface;

/// <summary>Makes one AWSSDK package's classes from the surface file; the assembly's name says which package.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class SurfaceGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor Unusable = new(
        "SURFACE1", "The surface file cannot be turned into code", "{0}", "AwsSurface", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var file = context.AdditionalTextsProvider
            .Where(static text => Path.GetFileName(text.Path) == "aws-surface.json")
            .Select(static (text, cancel) => text.GetText(cancel)?.ToString() ?? "")
            .Collect();
        var package = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? "");
        context.RegisterSourceOutput(file.Combine(package), static (output, input) =>
        {
            try
            {
                var surface = input.Left.Select(text => Surface.Read(text, input.Right)).FirstOrDefault()
                    ?? throw new NotSupportedException($"aws-surface.json has no section {input.Right}");
                Generate(output, surface);
            }
            catch (Exception error) when (error is NotSupportedException or System.Text.Json.JsonException or System.Collections.Generic.KeyNotFoundException)
            {
                output.ReportDiagnostic(Diagnostic.Create(Unusable, Location.None, error.Message));
            }
        });
    }

    private static void Generate(SourceProductionContext output, Surface surface)
    {
        Add("Constants", ConstantClasses.Write(surface));
        Add("Model", ModelClasses.Write(surface));
        Add("Exceptions", ExceptionClasses.Write(surface));
        Add("Client", ClientClasses.Write(surface));
        Add("Wire", WireClasses.Write(surface));

        void Add(string name, Code code) => output.AddSource(name + ".g.cs", SourceText.From(code.ToString(), Encoding.UTF8));
    }
}
