using System.Reflection;
using System.Runtime.Loader;
using Amazon.Lambda.Annotations.SourceGenerator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>A source text, compiled together with what the generator adds to it.</summary>
internal sealed class AnnotationsCompilation
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Amazon.Lambda.Annotations;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Microsoft.Extensions.DependencyInjection;

        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Compilation compilation;

    private AnnotationsCompilation(Compilation compilation, GeneratorDriverRunResult result)
    {
        this.compilation = compilation;
        Result = result;
    }

    public GeneratorDriverRunResult Result { get; }

    public IEnumerable<string> Refusals => Result.Diagnostics.Select(diagnostic => diagnostic.Id);

    public IEnumerable<string> CompilerComplaints => compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
        .Select(diagnostic => diagnostic.Id);

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new AnnotationsGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static Compilation Source(string source, string assemblyName = "Sample") => CSharpCompilation.Create(
        assemblyName,
        [CSharpSyntaxTree.ParseText(Usings + source)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static AnnotationsCompilation Of(string source, string assemblyName = "Sample")
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(Source(source, assemblyName), out var compilation, out _);
        return new AnnotationsCompilation(compilation, driver.GetRunResult());
    }

    public Assembly Load()
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Xunit.Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext("generated", isCollectible: true).LoadFromStream(image);
    }
}
