using System.Diagnostics;
using LocalAws.Access;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>A Python that has botocore; tests that need it are skipped by name where there is none.</summary>
internal static class Python
{
    private static readonly Lazy<string?> Missing = new(FindWhatIsMissing);

    public static void Need() => Skip.If(Missing.Value is not null, Missing.Value);

    public static (int ExitCode, string Output) Run(params string[] arguments) => RunAs(null, arguments);

    /// <summary>Likewise, with these credentials in its environment.</summary>
    public static (int ExitCode, string Output) RunAs(IssuedKey? key, params string[] arguments)
    {
        using var process = Start(arguments, key);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static Process Start(string[] arguments, IssuedKey? key)
    {
        var start = new ProcessStartInfo("python3", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (key is not null)
        {
            start.Environment["AWS_ACCESS_KEY_ID"] = key.AccessKeyId;
            start.Environment["AWS_SECRET_ACCESS_KEY"] = key.SecretAccessKey;
            start.Environment["AWS_SESSION_TOKEN"] = key.SessionToken;
        }

        return Process.Start(start)!;
    }

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
