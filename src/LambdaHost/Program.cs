using System.Collections;
using System.Collections.Immutable;
using System.Text;

namespace LambdaHost;

/// <summary>
/// The managed runtime's part: loads the class behind a handler string and serves the Runtime API until it is ended
/// (Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes"; github.com/aws/aws-lambda-dotnet, RuntimeSupport).
/// </summary>
internal static class Program
{
    private const int Failed = 1;

    public static async Task<int> Main(string[] arguments)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToImmutableDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        if (arguments is not [var handler] || !environment.TryGetValue("AWS_LAMBDA_RUNTIME_API", out var endpoint))
        {
            await Console.Error.WriteLineAsync("usage: AWS_LAMBDA_RUNTIME_API=HOST:PORT dotnet exec --depsfile X.deps.json --runtimeconfig X.runtimeconfig.json LambdaHost.dll Assembly::Type::Method");
            return Failed;
        }

#pragma warning disable RS0030 // The one place where the host meets the real clock.
        var clock = TimeProvider.System;
#pragma warning restore RS0030
        var log = new FunctionLog(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true }, environment, clock);
        Console.SetOut(new LogWriter(log, "Information"));
        Console.SetError(new LogWriter(log, "Error"));
        using var runtime = new RuntimeApi(endpoint);
        Function function;
        try
        {
            function = FunctionLoader.Load(Handler.Parse(handler), log);
        }
        catch (Exception failure)
        {
            var error = ErrorReport.Of(failure);
            log.Write("Critical", failure, "The function could not be loaded", null);
            await runtime.FailInitAsync(error);
            return Failed;
        }

        var loop = new InvocationLoop(runtime, function, log, environment, clock);
        try
        {
            while (true)
                await loop.ServeOneAsync();
        }
        catch (HttpRequestException)
        {
            // Nobody serves the Runtime API any more.
            return Failed;
        }
    }
}
