using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LocalAws.Lambda.Processes;

/// <summary>One process that serves events. While it computes, simulated time stands still; while it waits for an answer of ours, it does not.</summary>
internal sealed class RuntimeProcess : IDisposable
{
    private readonly Process process;
    private readonly RuntimeApiServer server;
    private readonly RuntimeSession session;
    private readonly ComputingTime computing;

    private RuntimeProcess(FunctionProcesses host, FunctionCommand command, IReadOnlyDictionary<string, string> variables, Action<string> log)
    {
        var time = host.Cloud.Time;
        computing = new(time, host.Clock);
        session = new(() => computing.Expect(session!.IsBusy));
        server = RuntimeApiServer.Open(request =>
        {
            var answered = new TaskCompletionSource<RuntimeAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            time.Post(() =>
            {
                computing.Renew();
                session.Handle(request, answer => answered.TrySetResult(answer));
            });
            return answered.Task;
        });
        process = new() { StartInfo = Describe(command, variables, server.Address) };
        computing.Expect(true);
        try
        {
            process.Start();
        }
        catch
        {
            computing.Dispose();
            server.Dispose();
            process.Dispose();
            throw;
        }

        Ended = WatchAsync(line => time.Post(() => log(line)), code => time.Post(() =>
        {
            End(id => FunctionErrors.Exited(id, code));
            Dispose();
        }));
    }

    /// <summary>Done when the process is gone and all that it wrote has been read.</summary>
    public Task Ended { get; }

    /// <summary>Null once it has asked for its first event; what went wrong when it never did.</summary>
    public Task<FunctionOutcome?> Started => session.Started;

    public bool HasEnded => session.HasEnded;

    /// <summary>The operating system's number of it.</summary>
    public int Id => process.Id;

    private string RequestId { get; set; } = "";

    /// <param name="host">Whose process it is.</param>
    /// <param name="command">How to start it.</param>
    /// <param name="variables">Its environment, and all of it.</param>
    /// <param name="requestId">The invocation that it is started for.</param>
    /// <param name="log">Where the lines go that it writes.</param>
    public static RuntimeProcess Start(FunctionProcesses host, FunctionCommand command, IReadOnlyDictionary<string, string> variables, string requestId, Action<string> log) =>
        new(host, command, variables, log) { RequestId = requestId };

    public Task<FunctionOutcome> InvokeAsync(RuntimeEvent work)
    {
        RequestId = work.RequestId;
        return session.InvokeAsync(work);
    }

    /// <summary>A call of it has come through the door; until the result is disposed it waits for the answer.</summary>
    public IDisposable Wait() => computing.Wait();

    /// <summary>Ends the process; what waits for it gets this error.</summary>
    public void Kill(Func<string, JsonObject> error)
    {
        End(error);
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public void Dispose()
    {
        computing.Dispose();
        server.Dispose();
        process.Dispose();
    }

    private void End(Func<string, JsonObject> error)
    {
        session.End(() => FunctionOutcome.Error(error(RequestId)));
        computing.Expect(false);
    }

    private async Task WatchAsync(Action<string> log, Action<int> ended)
    {
        await Task.WhenAll(ReadAsync(process.StandardOutput, log), ReadAsync(process.StandardError, log)).ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        ended(process.ExitCode);
    }

    private static async Task ReadAsync(StreamReader lines, Action<string> log)
    {
        while (await lines.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            log(line);
    }

    private static ProcessStartInfo Describe(FunctionCommand command, IReadOnlyDictionary<string, string> variables, string runtimeApi)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = command.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of this process's own environment reaches a function, but where programs are.
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        foreach (var (name, value) in variables.Concat(command.Variables))
            start.Environment[name] = value;
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = command.Folder;
        start.Environment["LAMBDA_TASK_ROOT"] = command.Folder;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        return start;
    }
}
