using System.Reflection;
using System.Runtime.CompilerServices;

namespace LambdaHost;

/// <summary>Finds and constructs what a handler string names, by the rules of the managed runtime.</summary>
internal static class FunctionLoader
{
    /// <exception cref="LambdaValidationException">The handler names nothing that can be invoked.</exception>
    public static Function Load(Handler handler, FunctionLog log)
    {
        var assembly = LoadAssembly(handler.Assembly);
        var core = CoreTypes.Of(assembly);
        core.Redirect(log);
        var type = assembly.GetType(handler.Type) ?? throw new LambdaValidationException($"{handler.Assembly} has no type '{handler.Type}'.");
        var method = Find(type, handler.Method);
        var parameters = method.GetParameters();
        Check(method, parameters, core);
        var input = parameters is [var first, ..] && first.ParameterType != core.Context ? first.ParameterType : null;
        var serializer = CoreTypes.Serializer(method);
        var read = input is null ? null : Reader(input, core, serializer);
        var write = Writer(Answer(method.ReturnType), core, serializer);
        var instance = method.IsStatic ? null : Activator.CreateInstance(type, BindingFlags.DoNotWrapExceptions | BindingFlags.Instance | BindingFlags.Public, null, null, null);
        return new(instance, method, read, write, core);
    }

    private static Assembly LoadAssembly(string name)
    {
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (FileNotFoundException missing)
        {
            throw new LambdaValidationException($"The assembly '{name}' of the handler is not in the package: {missing.Message}");
        }
    }

    private static MethodInfo Find(Type type, string name)
    {
        if (type.IsGenericTypeDefinition)
            throw new LambdaValidationException($"{type.FullName} is generic; a handler's type cannot be.");
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
            .Where(method => method.Name == name).ToList();
        return methods switch
        {
            [] => throw new LambdaValidationException($"{type.FullName} has no method '{name}'."),
            [var one] => one,
            _ => throw new LambdaValidationException($"{type.FullName} has {methods.Count} methods '{name}'; a handler's name must be its own."),
        };
    }

    private static void Check(MethodInfo method, ParameterInfo[] parameters, CoreTypes core)
    {
        var name = $"{method.DeclaringType!.FullName}.{method.Name}";
        if (method.IsGenericMethodDefinition)
            throw new LambdaValidationException($"{name} is generic; a handler cannot be.");
        if (parameters.Length > 2)
            throw new LambdaValidationException($"{name} has {parameters.Length} parameters; a handler takes an event, a context, both or neither.");
        if (parameters is [_, var second] && second.ParameterType != core.Context)
            throw new LambdaValidationException($"The second parameter of {name} is a {second.ParameterType.FullName}; it has to be an ILambdaContext.");
        if (method.ReturnType == typeof(void) && method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null)
            throw new LambdaValidationException($"{name} is async void; it has to return a Task.");
    }

    private static Type Answer(Type returned) =>
        returned == typeof(Task) ? typeof(void)
        : returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>) ? returned.GetGenericArguments()[0]
        : returned;

    private static Func<Stream, object?> Reader(Type input, CoreTypes core, object? serializer)
    {
        if (input == typeof(Stream))
            return payload => payload;
        var deserialize = core.SerializerMethod("Deserialize", input, serializer);
        return payload => deserialize.Invoke(serializer, BindingFlags.DoNotWrapExceptions, null, [payload], null);
    }

    private static Func<object?, Stream> Writer(Type answer, CoreTypes core, object? serializer)
    {
        if (answer == typeof(void))
            return _ => new MemoryStream();
        if (typeof(Stream).IsAssignableFrom(answer))
            return value => value as Stream ?? new MemoryStream();
        var serialize = core.SerializerMethod("Serialize", answer, serializer);
        return value =>
        {
            var bytes = new MemoryStream();
            serialize.Invoke(serializer, BindingFlags.DoNotWrapExceptions, null, [value, bytes], null);
            bytes.Position = 0;
            return bytes;
        };
    }
}
