using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace LocalAws.Tests.Lambda.Processes;

/// <summary>Handlers that tests start in processes of their own.</summary>
public sealed class Samples
{
    private static int s_made;

    private int served;

    public Samples() => s_made++;

    [LambdaSerializer(typeof(SampleSerializer))]
    public Seen Look(Question question, ILambdaContext context)
    {
        served++;
        LambdaLogger.Log("said without a context");
        Console.WriteLine("said to the console");
        context.Logger.LogInformation("{Count} of {All}", 2, 3);
        context.Logger.LogDebug("not wanted");
        return new(
            question.Name, s_made, served, context.AwsRequestId, context.FunctionName, context.InvokedFunctionArn, context.MemoryLimitInMB,
            context.RemainingTime.TotalSeconds, context.LogGroupName, context.TraceId, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"),
            Environment.GetEnvironmentVariable("OWN"), Environment.GetEnvironmentVariable("USER"), context.Identity is null);
    }

    [LambdaSerializer(typeof(SampleSerializer))]
    public static async Task<string> Who()
    {
        using var client = new AmazonSecurityTokenServiceClient();
        return (await client.GetCallerIdentityAsync(new GetCallerIdentityRequest()).ConfigureAwait(false)).Arn;
    }

    public static async Task<Stream> Copy(Stream payload)
    {
        var copy = new MemoryStream();
        await payload.CopyToAsync(copy).ConfigureAwait(false);
        copy.Position = 0;
        return copy;
    }

    [LambdaSerializer(typeof(SampleSerializer))]
    public static async Task Fail(Question question)
    {
        await Task.Yield();
        throw question.Name switch
        {
            "one of several" => new AggregateException(new FormatException("inner")),
            "several" => new AggregateException(new FormatException("first"), new TimeoutException("second")),
            _ => new InvalidOperationException("outer", new FormatException("inner")),
        };
    }

    public static void Exit(Stream payload) => Environment.Exit(payload.Length > 2 ? 3 : 0);
}

public sealed class Unmade
{
    private readonly string setting = Environment.GetEnvironmentVariable("NOT_THERE") ?? throw new NotSupportedException("no settings");

    public void Handle() => Console.WriteLine(setting);
}

/// <summary>What the managed runtime does not take for a handler.</summary>
public static class Shapes
{
    public static void Same() => Console.WriteLine();

    public static void Same(Stream payload) => Console.WriteLine(payload);

    public static void Generic<T>() => Console.WriteLine(typeof(T));

    public static void Unserialized(Question question) => Console.WriteLine(question);

    public static void Many(Stream payload, ILambdaContext context, string more) => Console.WriteLine($"{payload}{context}{more}");

    public static void Second(Stream payload, string more) => Console.WriteLine($"{payload}{more}");

    public static async void Forgets() => await Task.Yield();
}

public sealed record Question(string Name);

public sealed record Seen(
    string Name, int Made, int Served, string RequestId, string FunctionName, string Arn, int Memory, double Remaining, string LogGroup, string Trace, string? TraceVariable,
    string? Own, string? User, bool Anonymous);

public sealed class SampleSerializer : ILambdaSerializer
{
    public T Deserialize<T>(Stream requestStream) => JsonSerializer.Deserialize<T>(requestStream)!;

    public void Serialize<T>(T response, Stream responseStream) => JsonSerializer.Serialize(responseStream, response);
}
