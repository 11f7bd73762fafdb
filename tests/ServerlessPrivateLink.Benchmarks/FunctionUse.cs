using System.Diagnostics;
using System.Globalization;

namespace ServerlessPrivateLink.Benchmarks;

/// <summary>What a process has used so far.</summary>
/// <param name="PeakBytes">The most memory that was resident at once.</param>
/// <param name="Cpu">Its time on processors.</param>
internal sealed record FunctionUse(long PeakBytes, TimeSpan Cpu)
{
    private const string Peak = "VmHWM:";

    public static FunctionUse Of(int process)
    {
        using var running = Process.GetProcessById(process);
        return new(PeakOf(running), running.TotalProcessorTime);
    }

    // Linux keeps the true peak; elsewhere the runtime knows the largest working set.
    private static long PeakOf(Process running) => OperatingSystem.IsLinux()
        ? 1024 * long.Parse(
            File.ReadLines($"/proc/{running.Id}/status").Single(static line => line.StartsWith(Peak, StringComparison.Ordinal))[Peak.Length..].Replace("kB", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture)
        : running.PeakWorkingSet64;
}
