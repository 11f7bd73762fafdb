using System.Diagnostics;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>A Python that has botocore; tests that need it are skipped by name where there is none.</summary>
internal static class Python
{
    private static readonly Lazy<string?> Missing = new(FindWhatIsMissing);

    public static void Need() => Skip.If(Missing.Value is not null, Missing.Value);

    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("python3", arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string? FindWhatIsMissing()
    {
        try
        {
            return Run("-c", "import botocore").ExitCode == 0 ? null : "python3 has no botocore here";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "python3 is not on the PATH";
        }
    }
}
