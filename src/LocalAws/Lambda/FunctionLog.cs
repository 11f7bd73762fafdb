using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;

namespace LocalAws.Lambda;

/// <summary>
/// What a function logs during one invocation. The overloads with arguments must be here: the interface's own would call themselves
/// for ever (github.com/aws/aws-lambda-dotnet, Amazon.Lambda.Core 3.2.0).
/// </summary>
internal sealed class FunctionLog(TimeProvider time, string requestId, Action<FunctionLogLine> write) : ILambdaLogger
{
    public void Log(string message) => LogLine(message);

    public void LogLine(string message) => Log(nameof(LogLevel.Information), message);

    public void Log(string level, string message) => write(new(time.GetUtcNow(), requestId, level, message));

    public void Log(string level, string message, params object[] args) => Log(level, Fill(message, args));

    public void Log(string level, Exception exception, string message, params object[] args) =>
        Log(level, $"{Fill(message, args)}\n{exception}");

    /// <summary>Puts the arguments into the places of a message template, in order.</summary>
    private static string Fill(string template, object[]? args)
    {
        var text = new StringBuilder();
        var (used, at) = (0, 0);
        while (at < template.Length)
        {
            var end = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0 || args is null || used >= args.Length)
            {
                text.Append(template[at++]);
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"{args[used++]}");
            at = end + 1;
        }

        return text.ToString();
    }
}
