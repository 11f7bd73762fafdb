namespace Amazon.Lambda.Core;

/// <summary>The log without a context. Outside the managed runtime it is the console.</summary>
public static class LambdaLogger
{
    public static void Log(string message) => Console.WriteLine(message);

    public static void Log(string level, string message, params object[] args) => Console.WriteLine(Line(level, message, args));

    public static void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    public static void Log(string level, Exception exception, string message, params object[] args)
    {
        Console.WriteLine(Line(level, message, args));
        Console.WriteLine(exception);
    }

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Log(level.ToString(), exception, message, args);

    private static string Line(string level, string message, object[] args) => args is { Length: > 0 }
        ? $"{level}: {message} Arguments: {string.Join(' ', args.Select(arg => $"\"{arg}\""))}"
        : $"{level}: {message}";
}
