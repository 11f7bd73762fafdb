using System.Text;

namespace LambdaHost;

/// <summary>What a function writes to the console, line by line in its log.</summary>
internal sealed class LogWriter(FunctionLog log, string level) : TextWriter
{
    private readonly StringBuilder line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (line)
        {
            if (value == '\n')
                Flush();
            else if (value != '\r')
                line.Append(value);
        }
    }

    public override void Flush()
    {
        lock (line)
        {
            if (line.Length == 0)
                return;
            log.Write(level, null, line.ToString(), null);
            line.Clear();
        }
    }
}
