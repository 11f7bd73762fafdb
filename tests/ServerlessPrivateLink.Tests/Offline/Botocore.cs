using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>AWS's own Python SDK as a second opinion on the wire, where it is installed.</summary>
internal static class Botocore
{
    public static readonly bool IsInstalled = Exits("-c", "import botocore") == 0;

    private static readonly string Script = Read("botocore_wire.py");

    public static JsonElement Wire(JsonNode cases)
    {
        var start = new ProcessStartInfo("python3", ["-c", Script]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var python = Process.Start(start)!;
        python.StandardInput.Write(cases.ToJsonString());
        python.StandardInput.Close();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return python.ExitCode == 0 ? JsonDocument.Parse(output).RootElement : throw new InvalidOperationException($"python3 ended with {python.ExitCode}");
    }

    private static int Exits(params string[] arguments)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            python.StandardError.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Botocore).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
