using System.Text;

namespace LocalAws.Lambda;

/// <summary>The standard output of a function: each line becomes a line of its log.</summary>
internal sealed class OutputLines(Action<string> write) : TextWriter
{
    private readonly StringBuilder line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value is not '\n')
        {
            line.Append(value);
            return;
        }

        write(line.ToString().TrimEnd('\r'));
        line.Clear();
    }
}
