using System.Reflection;

namespace LambdaHost;

/// <summary>An object of an interface that this assembly was not compiled with.</summary>
#pragma warning disable CA1852 // The runtime derives from it.
internal class Imitation : DispatchProxy
#pragma warning restore CA1852
{
    private Func<MethodInfo, object?[], object?> answer = (_, _) => null;

    public static object Of(Type type, Func<MethodInfo, object?[], object?> answer)
    {
        var made = (Imitation)Create(type, typeof(Imitation));
        made.answer = answer;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var value = answer(targetMethod!, args ?? []);
        var type = targetMethod!.ReturnType;
        return value is null && type.IsValueType && type != typeof(void) ? Activator.CreateInstance(type) : value;
    }
}
