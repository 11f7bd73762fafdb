using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>Keeps what was logged, and echoes it. Templates are not formatted: arguments follow on lines of their own.</summary>
public class TestLambdaLogger : ILambdaLogger
{
    public StringBuilder Buffer { get; } = new();

    public void Log(string message)
    {
        Buffer.Append(message);
        Console.Write(message);
    }

    public void LogLine(string message)
    {
        Buffer.AppendLine(message);
        Console.WriteLine(message);
    }

    public void Log(string level, string message) => LogLine($"{level}: {message}");

    public void Log(string level, string message, params object[] args) => LogLine(Record(level, message, args));

    public void Log(string level, Exception exception, string message, params object[] args) =>
        LogLine(Record(level, message, args) + exception + Environment.NewLine);

    private static string Record(string level, string message, object[] args)
    {
        var record = new StringBuilder().AppendLine($"{level}: {message}");
        foreach (var arg in args ?? [])
        {
            record.AppendLine($"\t{arg}");
        }

        return record.ToString();
    }
}
