using System.Reflection;

namespace LambdaHost;

/// <summary>A loaded function: constructed once, invoked with bytes and a context, answering bytes.</summary>
/// <param name="Instance">The handler's class; null: the handler is static.</param>
/// <param name="Method">The handler.</param>
/// <param name="Read">Makes the handler's input; null: it takes none.</param>
/// <param name="Write">Makes bytes of what it returns.</param>
/// <param name="Core">The types that it knows.</param>
internal sealed record Function(object? Instance, MethodInfo Method, Func<Stream, object?>? Read, Func<object?, Stream> Write, CoreTypes Core)
{
    public async Task<Stream> InvokeAsync(Stream payload, Func<string, object?> context)
    {
        object?[] arguments = [.. Method.GetParameters().Select(parameter => parameter.ParameterType == Core.Context ? Core.MakeContext(context) : Read!(payload))];
        var answer = Method.Invoke(Instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (answer is not Task task)
            return Write(answer);
        await task;
        return Write(Method.ReturnType.IsGenericType ? Method.ReturnType.GetProperty(nameof(Task<>.Result))!.GetValue(task) : null);
    }
}
