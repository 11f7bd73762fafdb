using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using LocalAws.Lambda.Processes;

namespace ServerlessPrivateLink.Benchmarks.Invoke;

/// <summary>A Python that has boto3.</summary>
/// <param name="Program">The interpreter itself, not a script that looks for it.</param>
/// <param name="Version">Its version and that of boto3.</param>
internal sealed record Python(string Program, string Version)
{
    private const string Question = "import sys, boto3; print(sys.executable); print(f'Python {sys.version.split()[0]}, boto3 {boto3.__version__}')";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Invoke");

    /// <summary>Null: there is none on this machine.</summary>
    public static Python? Find()
    {
        try
        {
            using var asked = Process.Start(new ProcessStartInfo("python3", ["-c", Question]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = asked.StandardOutput.ReadToEnd().Split('\n');
            asked.WaitForExit();
            return asked.ExitCode == 0 ? new(said[0], said[1]) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public FunctionCommand CommandFor(string handler, string targetGroupArn, string database, string resolvesTo) => new(
        Program,
        [Path.Combine(Folder, "runtime.py"), handler],
        Folder,
        ImmutableDictionary<string, string>.Empty.Add("TARGET_GROUP_ARN", targetGroupArn).Add("DATABASE", database).Add("RESOLVES_TO", resolvesTo));
}
