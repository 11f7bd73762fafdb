using LocalAws.Lambda.Processes;
using LocalAws.Timing;
using Xunit;

namespace LocalAws.Tests.Lambda.Processes;

/// <summary>Processes that know nothing of .NET: whatever serves the Runtime API is a function.</summary>
public sealed class ForeignProcessTests
{
    private const string Loop = """
        import json, os, sys, urllib.request
        base = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/"
        served = 0
        while True:
            with urllib.request.urlopen(base + "invocation/next") as event:
                request, payload = event.headers["Lambda-Runtime-Aws-Request-Id"], json.load(event)
            served += 1
            print("serving", request, flush=True)
            if "fail" in payload:
                name, body = "error", {"errorType": "Sad", "errorMessage": payload["fail"]}
            elif "large" in payload:
                name, body = "response", "x" * payload["large"]
            else:
                name, body = "response", {"served": served, "key": os.environ["AWS_ACCESS_KEY_ID"], "door": os.environ["AWS_ENDPOINT_URL"]}
            try:
                urllib.request.urlopen(urllib.request.Request(base + f"invocation/{request}/{name}", json.dumps(body).encode(), method="POST")).close()
            except urllib.error.HTTPError as refused:
                print(refused.code, json.load(refused)["errorType"], flush=True)
        """;

    [SkippableFact]
    public void A_loop_in_python_is_a_function()
    {
        using var world = new ProcessWorld(command: _ => Python(Loop));
        var function = world.Add("any");

        var (first, second) = (world.Answer(function), world.Answer(function));
        var failed = world.Error(function, """{"fail":"because"}""");
        var large = world.Error(function, $$"""{"large":{{RuntimeSession.MostBytes}}}""");

        Assert.Equal((1, 2), (first["served"]!.GetValue<int>(), second["served"]!.GetValue<int>()));
        Assert.NotNull(world.Cloud.Access.Find(first["key"]!.GetValue<string>()));
        Assert.Equal("http://127.0.0.1:9/", first["door"]!.GetValue<string>());
        Assert.Equal("""{"errorType": "Sad", "errorMessage": "because"}""", failed.ToJsonString().Replace(":", ": ", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal));
        Assert.Equal("Function.ResponseSizeTooLarge", large["errorType"]!.GetValue<string>());
        Assert.Equal(["serving id", "serving id", "serving id", "serving id", "413 RequestEntityTooLarge"], world.Logs(function).Select(line => line.Message));
    }

    [SkippableFact]
    public void A_process_that_hangs_is_timed_out_in_simulated_time_and_ended()
    {
        // Its only use is to be over: every wait for a sign of life ends at once.
        using var world = new ProcessWorld(new Impatient(), _ => Python("import time\ntime.sleep(3600)"));
        var function = world.Add("any");
        var start = world.Cloud.Time.GetUtcNow();

        var error = world.Error(function);

        Assert.Equal(("Sandbox.Timedout", "RequestId: id Error: Task timed out after 30.00 seconds"), (error["errorType"]!.GetValue<string>(), error["errorMessage"]!.GetValue<string>()));
        Assert.InRange(world.Cloud.Time.GetUtcNow() - start, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(41));
        Assert.Empty(world.Logs(function));
    }

    [Fact]
    public void A_program_that_is_not_there_is_an_invalid_entrypoint()
    {
        using var world = new ProcessWorld(command: _ => new("/nowhere/at/all", [], "/"));

        Assert.Equal("Runtime.InvalidEntrypoint", world.Error(world.Add("any"))["errorType"]!.GetValue<string>());
    }

    private static FunctionCommand Python(string script)
    {
        var python = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        Skip.If(python is null, "python3 is not on the PATH");
        // The interpreter itself: what is on the PATH may be a script that looks for it, and a script that is ended says things of its own.
        var interpreter = Botocore.Python.Run("-c", "import sys; print(sys.executable)").Output.Trim();
        return new(interpreter, ["-c", script], Path.GetTempPath());
    }

    private sealed class Impatient : TimeProvider
    {
        private readonly SimulatedTime real = new(new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));

        public override DateTimeOffset GetUtcNow() => real.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = real.CreateTimer(callback, state, dueTime, period);
            real.Advance(dueTime);
            return timer;
        }
    }
}
