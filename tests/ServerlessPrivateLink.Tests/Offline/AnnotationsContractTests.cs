using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>What a handler string relies on: names, and the errors of the official generator.</summary>
public sealed class AnnotationsContractTests
{
    private const string Serializer = "[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]\nnamespace Sample.Rooms;\n";

    private const string Greeter = Serializer + """
        public record Request(string Name);
        public class Greeter
        {
            [LambdaFunction(ResourceName = "Other")]
            public Task<string> HandleAsync(Request request, ILambdaContext anything) => Task.FromResult(request.Name);
        }
        """;

    [Fact]
    public void The_generated_class_carries_the_names_of_class_and_method()
    {
        var type = AnnotationsCompilation.Of(Greeter).Load().GetType("Sample.Rooms.Greeter_HandleAsync_Generated", throwOnError: true)!;

        Assert.True(type.IsPublic);
        Assert.NotNull(type.GetConstructor(Type.EmptyTypes));
        var method = Assert.Single(type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        Assert.Equal("HandleAsync", method.Name);
        Assert.Equal(typeof(Task<string>), method.ReturnType);
        Assert.Equal(["Request __request__", "ILambdaContext __context__"], method.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}"));
    }

    [Fact]
    public void One_source_named_after_the_class_is_all_that_the_generator_makes() =>
        Assert.Equal(["Greeter_HandleAsync_Generated.g.cs"], AnnotationsCompilation.Of(Greeter).Result.Results.Single().GeneratedSources.Select(source => source.HintName));

    [Fact]
    public void A_parameter_from_services_is_no_parameter_of_the_generated_method()
    {
        var type = AnnotationsCompilation.Of(Serializer + """
            [LambdaStartup] public class Startup { public void ConfigureServices(IServiceCollection services) => services.AddSingleton<Random>(); }
            public class Greeter { [LambdaFunction] public int Handle([FromServices] Random random, string name) => name.Length; }
            """).Load().GetType("Sample.Rooms.Greeter_Handle_Generated", throwOnError: true)!;

        Assert.Equal(["__name__"], type.GetMethod("Handle")!.GetParameters().Select(parameter => parameter.Name));
    }

    [Theory]
    [InlineData("void Handle(string x) { }", "System.Void")]
    [InlineData("int Handle(string x) => x.Length;", "System.Int32")]
    [InlineData("Task Handle(string x) => Task.CompletedTask;", "System.Threading.Tasks.Task")]
    [InlineData("async Task Handle(string x) { await Task.Yield(); }", "System.Threading.Tasks.Task")]
    public void The_generated_method_returns_what_the_handler_returns(string handler, string returnType)
    {
        var assembly = AnnotationsCompilation.Of($"{Serializer} public class Greeter {{ [LambdaFunction] public {handler} }}").Load();

        Assert.Equal(returnType, assembly.GetType("Sample.Rooms.Greeter_Handle_Generated", throwOnError: true)!.GetMethod("Handle")!.ReturnType.FullName);
    }

    [Fact]
    public void A_function_class_and_its_serializer_may_be_internal() => Assert.Empty(AnnotationsCompilation.Of("""
        [assembly: LambdaSerializer(typeof(Sample.Mine))]
        namespace Sample;
        internal sealed class Mine : DefaultLambdaJsonSerializer;
        internal sealed class Greeter { [LambdaFunction] public string Handle(string name) => name; }
        """).CompilerComplaints);

    [Theory]
    [InlineData("AWSLambda0101", "[LambdaStartup] public class A { public void ConfigureServices(IServiceCollection s) { } } [LambdaStartup] public class B { public void ConfigureServices(IServiceCollection s) { } }")]
    [InlineData("AWSLambda0119", "[LambdaStartup] public class A { public void ConfigureServices(IServiceCollection s) { } public object ConfigureHostBuilder() => this; }")]
    [InlineData("OFFLINE0001", "[LambdaStartup] public class A { public object ConfigureHostBuilder() => this; }")]
    [InlineData("AWSLambda0106", "public class Odd { [LambdaFunction(ResourceName = \"my-name\")] public void Handle() { } }")]
    [InlineData("AWSLambda0001", "public class Twice { [LambdaFunction] public void Handle() { } [LambdaFunction] public void Handle(string x) { } }")]
    public void What_the_official_generator_refuses_is_refused_by_the_same_id(string id, string declarations) =>
        Assert.Equal([id], AnnotationsCompilation.Of(Greeter + declarations).Refusals);

    [Fact]
    public void A_generated_main_is_refused_as_not_imitated() => Assert.Equal(
        ["OFFLINE0001"], AnnotationsCompilation.Of("[assembly: LambdaGlobalProperties(GenerateMain = true)]\n" + Greeter).Refusals);

    [Fact]
    public void A_function_without_a_serializer_is_refused() => Assert.Equal(
        ["AWSLambda0108"], AnnotationsCompilation.Of("public class Greeter { [LambdaFunction] public void Handle() { } }").Refusals);

    [Theory]
    [InlineData(127, "", true)]
    [InlineData(128, "", false)]
    [InlineData(128, "(PackageType = LambdaPackageType.Image)", true)]
    public void A_handler_string_may_have_127_characters_unless_it_is_an_image(int length, string arguments, bool accepted)
    {
        var assemblyName = new string('a', length - "::Sample.Rooms.Greeter_Handle_Generated::Handle".Length);
        var source = $"{Serializer} public class Greeter {{ [LambdaFunction{arguments}] public void Handle() {{ }} }}";

        Assert.Equal(accepted ? [] : ["AWSLambda0118"], AnnotationsCompilation.Of(source, assemblyName).Refusals);
    }

    [Theory]
    [InlineData("CS0176", "public static void Handle() { }")]
    [InlineData("CS8669", "public void Handle(string? name) { }")]
    [InlineData("CS8669", "public Task<string?> Handle() => Task.FromResult<string?>(null);")]
    public void A_handler_that_the_official_code_could_not_call_does_not_compile_here_either(string complaint, string handler) =>
        Assert.Contains(complaint, AnnotationsCompilation.Of($"{Serializer} public class Greeter {{ [LambdaFunction] {handler} }}").CompilerComplaints);

    [Fact]
    public void An_internal_request_does_not_compile() => Assert.Contains(
        "CS0051",
        AnnotationsCompilation.Of($"{Serializer} internal class Hidden {{ }} internal class Greeter {{ [LambdaFunction] public void Handle(Hidden x) {{ }} }}").CompilerComplaints);

    [Fact]
    public void A_change_elsewhere_generates_nothing_anew()
    {
        var source = AnnotationsCompilation.Source(Greeter);
        var driver = AnnotationsCompilation.Driver().RunGenerators(source);

        driver = driver.RunGenerators(source.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Elsewhere;")));

        var outputs = driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs);
        Assert.All(outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }
}
