using System.Diagnostics;
using System.Runtime.InteropServices;
using LocalAws.Lambda.Processes;
using ServerlessPrivateLink.Cli;

namespace ServerlessPrivateLink.Benchmarks;

/// <summary>The functions and their host, published for this machine as they are for deployment: compiled ahead of time.</summary>
/// <param name="Folder">Where the functions are.</param>
/// <param name="Host">The managed runtime's part.</param>
internal sealed record Published(string Folder, string Host)
{
    /// <exception cref="BadInputException">It could not be published.</exception>
    public static Published Make(HomeDirectory home)
    {
        var artifacts = Path.Combine(home.Path, "artifacts", "benchmarks");
        // What is measured here is never deployed, so it may hold stand-ins of the AWS packages.
        return new(Publish(home, artifacts, "ServerlessPrivateLink", "-p:AllowOfflinePublish=true"), Path.Combine(Publish(home, artifacts, "LambdaHost", "-p:PublishReadyToRun=true"), "LambdaHost.dll"));
    }

    public FunctionCommand CommandFor(string handler) => FunctionCommand.DotNetLibrary(Host, Folder, handler);

    private static string Publish(HomeDirectory home, string artifacts, string project, string property)
    {
        var target = Path.Combine(artifacts, project);
        string[] arguments =
        [
            "publish", Path.Combine(home.Path, "src", project), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained",
            property, "-o", target, "-v", "q", "--nologo", "-clp:NoSummary", "-nodeReuse:false",
        ];
        using var publishing = Process.Start(new ProcessStartInfo(FunctionCommand.DotNet, arguments) { WorkingDirectory = home.Path, UseShellExecute = false, RedirectStandardOutput = true })!;
        var said = publishing.StandardOutput.ReadToEnd();
        publishing.WaitForExit();
        return publishing.ExitCode == 0 ? target : throw new BadInputException($"{project} could not be published: {said}");
    }
}
