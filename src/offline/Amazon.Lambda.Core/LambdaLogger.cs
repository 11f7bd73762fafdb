namespace Amazon.Lambda.Core;

/// <summary>The log without a context. Outside the managed runtime it is the console.</summary>
public static class LambdaLogger
{
#pragma warning disable IDE0044 // The managed runtime finds these by name and puts its own log into them (aws/aws-lambda-dotnet, RuntimeSupport).
    private static Action<string> _loggingAction = Console.WriteLine;
    private static Action<string, string, object[]> _loggingWithLevelAction = static (level, message, args) => Console.WriteLine(Line(level, message, args));

    private static Action<string, Exception, string, object[]> _loggingWithLevelAndExceptionAction = static (level, exception, message, args) =>
    {
        Console.WriteLine(Line(level, message, args));
        Console.WriteLine(exception);
    };
#pragma warning restore IDE0044

    public static void Log(string message) => _loggingAction(message);

    public static void Log(string level, string message, params object[] args) => _loggingWithLevelAction(level, message, args);

    public static void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    public static void Log(string level, Exception exception, string message, params object[] args) =>
        _loggingWithLevelAndExceptionAction(level, exception, message, args);

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Log(level.ToString(), exception, message, args);

    private static string Line(string level, string message, object[] args) => args is { Length: > 0 }
        ? $"{level}: {message} Arguments: {string.Join(' ', args.Select(arg => $"\"{arg}\""))}"
        : $"{level}: {message}";
}
