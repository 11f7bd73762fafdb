using System.Reflection;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using LocalAws.Lambda;
using LocalAws.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>
/// Loads the deployed functions into this process by their handler strings: the same classes, put together by the same
/// <see cref="Startup"/> and spoken to through the same serializer, in surroundings that LocalAws gives.
/// </summary>
public static class ProductFunctions
{
    private static readonly Assembly s_product = typeof(Startup).Assembly;

    /// <summary>The loader that LocalAws asks for.</summary>
    /// <exception cref="HandlerNotFoundException">The handler string names nothing that the managed runtime could start.</exception>
    public static LambdaEntry Load(FunctionSettings function, FunctionSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(surroundings);
        var (type, method) = Find(function.Handler);
        var instance = Provider(type, surroundings).GetRequiredService(type);
        var (input, output) = (method.GetParameters()[0].ParameterType, method.ReturnType.GetGenericArguments()[0]);
        var bind = typeof(ProductFunctions).GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (LambdaEntry)bind.MakeGenericMethod(input, output).Invoke(null, [instance, method, Serializer()])!;
    }

    private static (Type Type, MethodInfo Method) Find(string handler)
    {
        if (handler.Split("::") is not [var assembly, var generated, var method] || assembly != s_product.GetName().Name)
            throw new HandlerNotFoundException(handler, $"a handler is {s_product.GetName().Name}::Type::Method");
        if (s_product.GetType(generated)?.GetMethod(method) is null)
            throw new HandlerNotFoundException(handler, $"{assembly} has no {generated} with a method {method}");
        var suffix = $"_{method}_Generated";
        var type = generated.EndsWith(suffix, StringComparison.Ordinal) ? s_product.GetType(generated[..^suffix.Length]) : null;
        return type?.GetMethod(method) is { } found
            ? (type, found)
            : throw new HandlerNotFoundException(handler, $"{generated} was not generated for a method {method} of a function class");
    }

    // In the order in which the generated class does it.
    private static ServiceProvider Provider(Type type, FunctionSurroundings surroundings)
    {
        var services = new ServiceCollection();
        services.AddSingleton(type);
        var key = surroundings.Credentials;
        new Startup(new(
            surroundings.Environment,
            new SessionAWSCredentials(key.AccessKeyId, key.SecretAccessKey, key.SessionToken),
            surroundings.Time,
            (host, token) => surroundings.Resolve(host, token),
            (address, port, token) => surroundings.Connect(address, port, token),
            surroundings.Http)
        {
            Log = surroundings.StandardOutput,
        }).ConfigureServices(services);
        return services.BuildServiceProvider();
    }

    private static ILambdaSerializer Serializer()
    {
        var attribute = s_product.GetCustomAttribute<LambdaSerializerAttribute>()
            ?? throw new InvalidOperationException($"{s_product.GetName().Name} has no [assembly: LambdaSerializer].");
        return (ILambdaSerializer)Activator.CreateInstance(attribute.SerializerType, nonPublic: true)!;
    }

    private static LambdaEntry Bind<TInput, TOutput>(object instance, MethodInfo method, ILambdaSerializer serializer)
    {
        var handle = method.CreateDelegate<Func<TInput, ILambdaContext, Task<TOutput>>>(instance);
        return async (payload, context) =>
        {
            var output = await handle(serializer.Deserialize<TInput>(payload), context);
            var stream = new MemoryStream();
            serializer.Serialize(output, stream);
            stream.Position = 0;
            return stream;
        };
    }
}

/// <summary>The managed runtime would not start this function.</summary>
public sealed class HandlerNotFoundException(string handler, string why) : Exception($"Handler '{handler}': {why}.");
