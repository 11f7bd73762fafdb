using System.Text.Json;
using ServerlessPrivateLink.Cli;

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
        var code = await Program.RunAsync(args, output, error, new(Repository.Root, Live: false, new StoppedClock(Now)));
        return new(code, output.ToString(), error.ToString());
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

internal static class Repository
{
    public static string Root { get; } = Find(new(AppContext.BaseDirectory));

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(DirectoryInfo from) =>
        System.IO.File.Exists(Path.Combine(from.FullName, "ServerlessPrivateLink.sln")) ? from.FullName : Find(from.Parent!);
}

/// <summary>A file that is gone when the test ends.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text) => System.IO.File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => System.IO.File.Delete(Path);
}
