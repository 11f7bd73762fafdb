using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Lambda;
using LocalAws.Lambda.Processes;
using LocalAws.Templates;
using LocalAws.Tests.Doors;

namespace LocalAws.Tests.Lambda.Processes;

/// <summary>A cloud whose functions run in processes of their own; they are the methods of <see cref="Samples"/>, unless a test says how else to start them.</summary>
internal sealed class ProcessWorld : IDisposable
{
    private static readonly string Host = Path.Combine(AppContext.BaseDirectory, "LambdaHost.dll");

    private FunctionProcesses processes;

    public ProcessWorld(TimeProvider? clock = null, Func<FunctionSettings, FunctionCommand>? command = null)
    {
        processes = new(Cloud, new("http://127.0.0.1:9"), clock ?? OpenDoor.RealClock, command ?? Managed);
        Cloud.Lambda.Processes = processes;
    }

    public Cloud Cloud { get; } = new(CloudOptions.Default);

    public static FunctionCommand Managed(FunctionSettings function) => FunctionCommand.DotNetLibrary(Host, AppContext.BaseDirectory, function.Handler);

    /// <summary>From now on processes call AWS there.</summary>
    public void Move(Uri door) => Cloud.Lambda.Processes = processes = new(Cloud, door, OpenDoor.RealClock, Managed);

    public void Dispose() => processes.Dispose();

    /// <summary>All that functions have logged, once their processes have ended.</summary>
    public ImmutableArray<FunctionLogLine> Logs(FunctionSettings function)
    {
        processes.Dispose();
        Cloud.Time.Advance(TimeSpan.Zero);
        return Cloud.Lambda.Logs(function.FunctionName);
    }

    public FunctionSettings Method(string method) => Add($"LocalAws.Tests::{typeof(Samples).FullName}::{method}");

    public FunctionSettings Add(string handler, string? jsonLogLevel = "INFO")
    {
        var function = new FunctionSettings(
            "sampleId", "sample", Cloud.Arn("lambda", "function:sample"), handler, ImmutableDictionary<string, string>.Empty.Add("OWN", "value"),
            TimeSpan.FromSeconds(30), 512, "dotnet10", null, LambdaWorld.Role("sample"))
        {
            JsonLogLevel = jsonLogLevel,
        };
        Cloud.Lambda.Add(function);
        return function;
    }

    public Invocation Invoke(FunctionSettings function, string payload = "{}", string requestId = "id") =>
        Cloud.Time.Run(() => Cloud.Lambda.InvokeAsync(function, Encoding.UTF8.GetBytes(payload), requestId));

    public JsonNode Answer(FunctionSettings function, string payload = "{}", string requestId = "id")
    {
        var invocation = Invoke(function, payload, requestId);
        var text = Encoding.UTF8.GetString(invocation.Payload.Span);
        Xunit.Assert.True(invocation.FunctionError is null, text);
        return JsonNode.Parse(text)!;
    }

    public JsonNode Error(FunctionSettings function, string payload = "{}")
    {
        var invocation = Invoke(function, payload);
        Xunit.Assert.Equal("Unhandled", invocation.FunctionError);
        return JsonNode.Parse(invocation.Payload.Span)!;
    }
}
