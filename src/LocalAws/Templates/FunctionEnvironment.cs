using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalAws.Templates;

/// <summary>A function's environment variables, as Lambda takes them (AWS Lambda Developer Guide, "Working with Lambda environment variables").</summary>
internal static partial class FunctionEnvironment
{
    private const int MostBytes = 4096;

    private static readonly ImmutableHashSet<string> Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT",
    ];

    public static ImmutableDictionary<string, string> Read(Properties function)
    {
        if (function.Group("Environment") is not { } group)
            return ImmutableDictionary<string, string>.Empty;
        var variables = group.Map("Variables");
        var path = group.At("Variables");
        foreach (var name in variables.Keys.Order(StringComparer.Ordinal))
        {
            if (!Names().IsMatch(name))
                throw new TemplateException(path, $"'{name}'", "a letter, then letters, digits and _, two at least");
            if (Reserved.Contains(name))
                throw new TemplateException($"{path}.{name}", "a name that Lambda keeps for itself", "another name");
        }

        var bytes = variables.Sum(variable => Encoding.UTF8.GetByteCount(variable.Key) + Encoding.UTF8.GetByteCount(variable.Value));
        return bytes <= MostBytes ? variables : throw new TemplateException(path, $"{bytes} bytes", $"{MostBytes} bytes");
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
