using System.Text.Json;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Tests.House;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>One run of the command line in this process, as the script would start it.</summary>
internal sealed record Run(int ExitCode, string Output, string Error)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static async Task<Run> Of(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Program.RunAsync(args, output, error, new(Repository.Root, Live: false, new StoppedClock(Now)), CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>A file that is gone when the test ends.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text) => System.IO.File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => System.IO.File.Delete(Path);
}
