using System.Reflection;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>Generated classes at work: which instance serves which invocation is read from ids given out in order of construction.</summary>
public sealed class AnnotationsRunTests
{
    private const string Sample = """
        [assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
        namespace Sample;
        public static class Seen
        {
            public static int Built;
            public static List<string> Registered = new();
            public static string Disposed = "";
        }
        public class Dependency : IDisposable
        {
            public int Id = ++Seen.Built;
            public void Dispose() => Seen.Disposed += Id + ";";
        }
        [LambdaStartup]
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                Seen.Registered.AddRange(services.Select(service => $"{service.Lifetime} {service.ServiceType.Name}"));
                services.AddScoped<Dependency>();
                /* more */
            }
        }
        public class Greeter
        {
            private readonly Dependency captured;
            public Greeter(Dependency captured) { this.captured = captured; /* constructor */ }
            [LambdaFunction]
            public async Task<string> Handle(string name, [FromServices] Dependency given, ILambdaContext context)
            {
                await Task.Yield();
                return $"{name}: captured {captured.Id}, given {given.Id}, disposed {Seen.Disposed}";
            }
        }
        """;

    [Fact]
    public void The_startup_finds_the_function_class_and_the_serializer_registered()
    {
        var assembly = Load(Sample);

        Construct(assembly);

        Assert.Equal(["Singleton Greeter", "Singleton DefaultLambdaJsonSerializer"], Field<List<string>>(assembly, "Registered"));
    }

    [Fact]
    public async Task A_scoped_constructor_dependency_is_captured_and_one_from_services_is_new_per_invocation()
    {
        var function = Construct(Load(Sample));

        Assert.Equal("a: captured 1, given 2, disposed ", await Invoke(function, "a"));
        Assert.Equal("b: captured 1, given 3, disposed 2;", await Invoke(function, "b"));
    }

    [Fact]
    public async Task A_startup_may_make_the_function_class_scoped_at_the_price_of_one_instance_at_init()
    {
        var assembly = Load(Sample.Replace("/* more */", "services.AddScoped<Greeter>();", StringComparison.Ordinal));
        var function = Construct(assembly);

        Assert.Equal(1, Field<int>(assembly, "Built"));
        Assert.Equal("a: captured 2, given 2, disposed ", await Invoke(function, "a"));
        Assert.Equal("b: captured 3, given 3, disposed 2;", await Invoke(function, "b"));
    }

    [Fact]
    public async Task Each_function_has_a_container_of_its_own()
    {
        var assembly = Load(Sample.Replace("services.AddScoped<Dependency>", "services.AddSingleton<Dependency>", StringComparison.Ordinal));

        Assert.Equal("a: captured 1, given 1, disposed ", await Invoke(Construct(assembly), "a"));
        Assert.Equal("b: captured 2, given 2, disposed ", await Invoke(Construct(assembly), "b"));
    }

    [Fact]
    public void A_constructor_that_fails_fails_the_init()
    {
        var assembly = Load(Sample.Replace("/* constructor */", "throw new InvalidOperationException(\"no region\");", StringComparison.Ordinal));

        var failure = Assert.Throws<TargetInvocationException>(() => Construct(assembly));

        Assert.Equal("no region", Assert.IsType<InvalidOperationException>(failure.InnerException).Message);
    }

    [Fact]
    public void A_missing_registration_fails_the_init()
    {
        var assembly = Load(Sample.Replace("services.AddScoped<Dependency>();", string.Empty, StringComparison.Ordinal));

        Assert.IsType<InvalidOperationException>(Assert.Throws<TargetInvocationException>(() => Construct(assembly)).InnerException);
    }

    [Fact]
    public async Task A_missing_service_of_a_parameter_fails_the_invocation_only()
    {
        var function = Construct(Load(Sample.Replace("[FromServices] Dependency given", "[FromServices] Uri other", StringComparison.Ordinal)
            .Replace("given.Id", "other", StringComparison.Ordinal)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Invoke(function, "a"));
    }

    [Fact]
    public async Task Without_a_startup_one_instance_serves_every_invocation()
    {
        var assembly = Load("""
            [assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
            namespace Sample;
            public class Greeter
            {
                private int calls;
                [LambdaFunction] public Task<string> Handle(string name, ILambdaContext context) => Task.FromResult($"{name} {++calls}");
            }
            """);
        var function = Construct(assembly);

        Assert.Equal("a 1", await Invoke(function, "a"));
        Assert.Equal("b 2", await Invoke(function, "b"));
    }

    [Fact]
    public void A_serializer_named_on_the_method_wins_over_the_assembly_s()
    {
        var assembly = Load(Sample.Replace("[LambdaFunction]", "[LambdaFunction, LambdaSerializer(typeof(CamelCaseLambdaJsonSerializer))]", StringComparison.Ordinal));

        Construct(assembly);

        Assert.Equal(["Singleton Greeter", "Singleton CamelCaseLambdaJsonSerializer"], Field<List<string>>(assembly, "Registered"));
    }

    [Fact]
    public void The_execution_environment_is_marked_behind_what_it_was()
    {
        const string Mark = "lib/amazon-lambda-annotations#2.3.0.0";
        var assembly = Load(Sample);
        Construct(assembly);

        var before = Environment.GetEnvironmentVariable("AWS_EXECUTION_ENV")!;
        Construct(assembly);
        var after = Environment.GetEnvironmentVariable("AWS_EXECUTION_ENV")!;

        Assert.EndsWith(Mark, before, StringComparison.Ordinal);
        Assert.Equal($"{before}_{Mark}", after);
    }

    private static Assembly Load(string source) => AnnotationsCompilation.Of(source).Load();

    private static object Construct(Assembly assembly) =>
        Activator.CreateInstance(assembly.GetType("Sample.Greeter_Handle_Generated", throwOnError: true)!)!;

    private static Task<string> Invoke(object function, string name) =>
        (Task<string>)function.GetType().GetMethod("Handle")!.Invoke(function, [name, null])!;

    private static T Field<T>(Assembly assembly, string name) => (T)assembly.GetType("Sample.Seen")!.GetField(name)!.GetValue(null)!;
}
