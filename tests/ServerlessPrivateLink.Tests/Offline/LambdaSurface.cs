using System.Reflection;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>What a loaded assembly lets others use, written in the words of lambda-surface.json.</summary>
internal static class LambdaSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
    };

    public static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class" + Parents(type),
        { IsSealed: true } => "sealed class" + Parents(type),
        _ => "class" + Parents(type),
    };

    public static string? Usage(Type type) => type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false)?.ValidOn.ToString();

    public static string Name(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    public static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(type, name), null)}")
        : type.GetConstructors(Declared).Where(IsUsable).Select(Describe)
            .Concat(type.GetProperties(Declared).Where(property => IsUsable(Accessor(property)) && !IsOverride(Accessor(property))).Select(Describe))
            .Concat(type.GetMethods(Declared).Where(method => IsUsable(method) && !method.IsSpecialName && !IsOverride(method)).Select(Describe));

    private static string Parents(Type type)
    {
        var own = type.BaseType is { } parent && parent != typeof(object) ? [Name(parent)] : Array.Empty<string>();
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var parents = own.Concat(type.GetInterfaces().Except(inherited).Select(Name)).ToList();
        return parents.Count == 0 ? string.Empty : $" : {string.Join(", ", parents)}";
    }

    private static bool IsUsable(MethodBase method) => method.IsPublic || method.IsFamily;

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition() != method;

    private static MethodInfo Accessor(PropertyInfo property) => property.GetMethod ?? property.SetMethod!;

    private static string Describe(ConstructorInfo constructor) => $"{Prefix(constructor)}ctor({Parameters(constructor)})";

    private static string Describe(PropertyInfo property)
    {
        var setter = property.SetMethod is { IsPublic: true } ? " set;" : string.Empty;
        return $"{Prefix(Accessor(property))}{Name(property.PropertyType)} {property.Name} {{ get;{setter} }}";
    }

    private static string Describe(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;
        return $"{Prefix(method)}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Prefix(MethodBase method) =>
        (method.GetCustomAttribute<ObsoleteAttribute>() is null ? string.Empty : "[Obsolete] ")
        + (method.IsFamily ? "protected " : string.Empty)
        + (method.IsStatic ? "static " : string.Empty)
        + (method.DeclaringType!.IsInterface ? (method.IsAbstract ? string.Empty : "default ")
            : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : string.Empty);

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty)
        + $"{Name(parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : string.Empty)));
}
