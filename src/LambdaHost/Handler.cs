namespace LambdaHost;

/// <summary>A handler string (Lambda Developer Guide, "Define Lambda function handler in C#").</summary>
internal sealed record Handler(string Assembly, string Type, string Method)
{
    public static Handler Parse(string text) => text.Split("::") is [{ Length: > 0 } assembly, { Length: > 0 } type, { Length: > 0 } method]
        ? new(assembly, type, method)
        : throw new LambdaValidationException($"The handler is '{text}'; a handler is Assembly::Namespace.Type::Method.");
}

/// <summary>What is wrong with a function before any of its code runs; the managed runtime gives its error this name.</summary>
internal sealed class LambdaValidationException(string message) : Exception(message);
