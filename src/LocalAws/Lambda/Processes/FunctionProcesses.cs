using System.Collections.Immutable;
using LocalAws.Templates;

namespace LocalAws.Lambda.Processes;

/// <summary>
/// Runs functions as deployed: each execution environment is a process that serves the Runtime API, with its role's credentials and
/// the address of the door in its environment. Set as <c>Cloud.Lambda.Processes</c>; disposing it ends all processes.
/// </summary>
/// <param name="cloud">Where the functions are.</param>
/// <param name="endpoint">The door through which they reach it, their <c>AWS_ENDPOINT_URL</c>.</param>
/// <param name="clock">The real clock, by which a process knows its deadline and is found to hang.</param>
/// <param name="command">How a function's process is started; null: this one runs in this process, by the loader.</param>
public sealed class FunctionProcesses(Cloud cloud, Uri endpoint, TimeProvider clock, Func<FunctionSettings, FunctionCommand?> command) : IDisposable
{
    private readonly List<RuntimeProcess> started = [];

    /// <summary>The processes that run now, by their ids, oldest first.</summary>
    public ImmutableArray<int> Ids => [.. started.Where(process => !process.HasEnded).Select(process => process.Id)];

    internal Cloud Cloud => cloud;

    internal TimeProvider Clock => clock;

    internal FunctionCommand? CommandFor(FunctionSettings function) => command(function);

    internal RuntimeProcess Start(FunctionCommand how, IReadOnlyDictionary<string, string> variables, string requestId, Action<string> log)
    {
        var all = new Dictionary<string, string>(variables, StringComparer.Ordinal) { ["AWS_ENDPOINT_URL"] = endpoint.ToString() };
        var process = RuntimeProcess.Start(this, how, all, requestId, log);
        started.RemoveAll(one => one.Ended.IsCompleted);
        started.Add(process);
        return process;
    }

    /// <summary>Ends all processes, and waits until what they wrote has been read.</summary>
    public void Dispose()
    {
        foreach (var process in started)
            process.Kill(id => FunctionErrors.Exited(id, FunctionErrors.Killed));
        Task.WhenAll(started.Select(process => process.Ended)).GetAwaiter().GetResult();
        started.ForEach(process => process.Dispose());
        started.Clear();
    }
}
