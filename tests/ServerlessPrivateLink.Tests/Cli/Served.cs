using System.Text;
using System.Text.RegularExpressions;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

#pragma warning disable CA1001 // xunit calls DisposeAsync.
/// <summary><c>privatelink local</c>, running in this process with the example's link, ready when that link is.</summary>
public sealed partial class Served : IAsyncLifetime
{
    private readonly CancellationTokenSource ctrlC = new();
    private readonly Listener output = new("link.ready");
    private readonly StringWriter error = new();
    private Task<int> running = Task.FromResult(0);

    internal string Guide { get; private set; } = "";

    internal string Endpoint { get; private set; } = "";

    /// <summary>The operator's environment, as it is pasted.</summary>
    internal Dictionary<string, string> Operator { get; private set; } = [];

    /// <summary>The role's environment, as it is pasted after the operator's.</summary>
    internal Dictionary<string, string> Role { get; private set; } = [];

#pragma warning disable RS0030 // Clients that sign for a socket look at the real clock.
    private static Host Host { get; } = new(Repository.Root, Live: false, TimeProvider.System);
#pragma warning restore RS0030

    internal static Task<int> Run(TextWriter output, TextWriter error, CancellationToken stop, params string[] options) =>
        Program.RunAsync(["local", "--port", "0", .. options], output, error, Host, stop);

    public async Task InitializeAsync()
    {
        running = Run(output, error, ctrlC.Token, "--speed", "500", "--link", Repository.At("examples/orders.json"));
        Assert.NotSame(running, await Task.WhenAny(running, output.Heard));
        Guide = output.Text;
        Endpoint = Url().Match(Guide).Value;
        var exports = Exports().Matches(Guide);
        Operator = Variables(exports[0].Value);
        Role = new(Operator.Concat(Variables(exports[1].Value)).GroupBy(one => one.Key, StringComparer.Ordinal).Select(group => group.Last()), StringComparer.Ordinal);
    }

    /// <summary>What it has said so far.</summary>
    internal string Said => output.Text;

    public async Task DisposeAsync()
    {
        await ctrlC.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Empty(error.ToString());
        ctrlC.Dispose();
        await output.DisposeAsync();
        await error.DisposeAsync();
    }

    private static Dictionary<string, string> Variables(string export) =>
        export.Split(' ').Skip(1).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Url();

    [GeneratedRegex("export [^\\n]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exports();

    /// <summary>Hears when a word is written, on whatever thread.</summary>
    internal sealed class Listener(string word) : TextWriter
    {
        private readonly StringBuilder text = new();
        private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Heard => heard.Task;

        public string Text
        {
            get
            {
                lock (text)
                    return text.ToString();
            }
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (text)
                text.Append(value);
        }

        public override void Write(string? value)
        {
            lock (text)
                text.Append(value);
        }

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Flush()
        {
            if (Text.Contains(word, StringComparison.Ordinal))
                heard.TrySetResult();
        }
    }
}
