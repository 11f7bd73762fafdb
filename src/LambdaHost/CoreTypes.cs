using System.Reflection;

namespace LambdaHost;

/// <summary>
/// Amazon.Lambda.Core as the function brings it. The host has no copy of its own: two would have two of each type, and the function's
/// handler asks for its own. So interfaces are implemented when they are met, and the log's hooks are found by the names that
/// the official runtime relies on.
/// </summary>
internal sealed class CoreTypes
{
    private const string Name = "Amazon.Lambda.Core";

    private readonly Assembly? core;
    private readonly Type? serializerInterface;
    private FunctionLog? log;
    private object? logger;

    private CoreTypes(Assembly? core)
    {
        this.core = core;
        Context = core?.GetType($"{Name}.ILambdaContext");
        serializerInterface = core?.GetType($"{Name}.ILambdaSerializer");
    }

    /// <summary>The function's <c>ILambdaContext</c>; null: it knows none.</summary>
    public Type? Context { get; }

    public static CoreTypes Of(Assembly function) =>
        new(function.GetReferencedAssemblies().Any(reference => reference.Name == Name) ? Assembly.Load(Name) : null);

    /// <summary>Sends what the function's <c>LambdaLogger</c> writes to the log.</summary>
    public void Redirect(FunctionLog to)
    {
        log = to;
        if (core?.GetType($"{Name}.LambdaLogger") is not { } type)
            return;
        Set("_loggingAction", new Action<string>(message => to.Write(FunctionLog.Usual, null, message, null)));
        Set("_loggingWithLevelAction", new Action<string, string, object?[]?>((level, message, values) => to.Write(level, null, message, values)));
        Set("_loggingWithLevelAndExceptionAction", new Action<string, Exception?, string, object?[]?>((level, exception, message, values) => to.Write(level, exception, message, values)));

        void Set(string field, Delegate value) => type.GetField(field, BindingFlags.NonPublic | BindingFlags.Static)?.SetValue(null, value);
    }

    /// <summary>The context of an invocation, whose properties have these values.</summary>
    public object MakeContext(Func<string, object?> property) => Imitation.Of(Context!, (method, _) => method.Name switch
    {
        "get_Logger" => Logger(),
        "get_Identity" => Part("ICognitoIdentity", property("Identity")),
        "get_ClientContext" => Part("IClientContext", property("ClientContext")),
        var getter => property(PropertyOf(getter)),
    });

    /// <summary>The serializer that the method, or else its assembly, declares; null: none.</summary>
    public static object? Serializer(MethodInfo method)
    {
        var type = (Declared(method.CustomAttributes) ?? Declared(method.Module.Assembly.CustomAttributes))?.ConstructorArguments[0].Value as Type;
        return type is null ? null : Activator.CreateInstance(type, BindingFlags.DoNotWrapExceptions | BindingFlags.Instance | BindingFlags.Public, null, null, null);
    }

    /// <exception cref="LambdaValidationException">No serializer is declared.</exception>
    public MethodInfo SerializerMethod(string name, Type of, object? serializer)
    {
        if (serializer is null || serializerInterface?.IsInstanceOfType(serializer) is not true)
            throw new LambdaValidationException($"{of.FullName} crosses the function's border, but neither the handler nor its assembly has a LambdaSerializer attribute with an ILambdaSerializer.");
        return serializerInterface.GetMethod(name)!.MakeGenericMethod(of);
    }

    private static CustomAttributeData? Declared(IEnumerable<CustomAttributeData> attributes) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == $"{Name}.LambdaSerializerAttribute");

    private object Logger() => logger ??= Imitation.Of(core!.GetType($"{Name}.ILambdaLogger")!, (method, arguments) =>
    {
        log!.Write(method, arguments);
        return null;
    });

    private object? Part(string name, object? properties) => properties is not IReadOnlyDictionary<string, object?> known
        ? null
        : Imitation.Of(core!.GetType($"{Name}.{name}")!, (method, _) => PropertyOf(method.Name) switch
        {
            "Client" => Part("IClientApplication", known.GetValueOrDefault("Client")),
            var property => known.GetValueOrDefault(property),
        });

    private static string PropertyOf(string getter) => getter.StartsWith("get_", StringComparison.Ordinal) ? getter[4..] : getter;
}
