using System.Runtime.ExceptionServices;
using LocalAws;
using LocalAws.Doors;
using LocalAws.Lambda.Processes;
using LocalAws.Templates;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>
/// Runs a cloud's functions as Lambda would: each in a process of its own, by its handler string, from what the build put out.
/// </summary>
public sealed class DeployedFunctions : IDisposable
{
    private const string Product = "ServerlessPrivateLink";

    private readonly Cloud cloud;
    private readonly LoopbackDoor door;
    private readonly FunctionProcesses processes;

    private DeployedFunctions(Cloud cloud, LoopbackDoor door, FunctionProcesses processes, string note) =>
        (this.cloud, this.door, this.processes, Note) = (cloud, door, processes, note);

    /// <summary>What a reader of the report should know.</summary>
    public string Note { get; }

    /// <param name="cloud">Whose functions.</param>
    /// <param name="output">What <see cref="BuildOutput"/> answered.</param>
    /// <param name="clock">The real clock.</param>
    /// <param name="staysHere">Which functions run in this process all the same.</param>
    public static DeployedFunctions Start(Cloud cloud, string output, TimeProvider clock, Func<FunctionSettings, bool> staysHere)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(staysHere);
        var opened = LoopbackDoor.OpenAsync(cloud, port: 0, clock, Surface, CancellationToken.None).GetAwaiter().GetResult();
        var host = Path.Combine(AppContext.BaseDirectory, "LambdaHost.dll");
        var started = new FunctionProcesses(cloud, opened.Endpoint, clock, function => staysHere(function) ? null : FunctionCommand.DotNetLibrary(host, output, function.Handler));
        cloud.Lambda.Processes = started;
        var inside = cloud.Lambda.All.Where(staysHere).Select(function => function.LogicalId);
        return new(
            cloud,
            opened,
            started,
            $"Each function ran in a process of its own, from the build output (bin/{Path.GetFileName(Path.GetDirectoryName(output))}), not from a package; {string.Join(", ", inside)} ran in this one, because the account's DNS is here alone. For the steady state and the failovers all did: what they do depends on the clock, and a process of its own has the real one.");

        // On the pumping thread, where the rehearsal is told.
        void Surface(Exception failure)
        {
            var captured = ExceptionDispatchInfo.Capture(failure);
            cloud.Time.Post(captured.Throw);
        }
    }

    /// <summary>
    /// What was built along with this program. It may hold stand-ins of the AWS packages, which a package for deployment may not;
    /// all else is the same.
    /// </summary>
    /// <exception cref="BadInputException">It is not there.</exception>
    public static string BuildOutput(HomeDirectory home)
    {
        ArgumentNullException.ThrowIfNull(home);
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var output = Path.Combine(home.Path, "src", Product, "bin", own.Parent?.Name ?? "", own.Name);
        return File.Exists(Path.Combine(output, $"{Product}.runtimeconfig.json"))
            ? output
            : throw new BadInputException($"--as-deployed runs the build output, and there is none in {output}. Build the solution first: ./privatelink setup");
    }

    /// <summary>From now on functions start in this process; those that run in their own are not asked any more.</summary>
    public void HandBack() => cloud.Lambda.Processes = null;

    public void Dispose()
    {
        processes.Dispose();
        door.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
