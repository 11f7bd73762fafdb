using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Lambda;
using Amazon.Lambda.Core;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.StepFunctions;
using LocalAws.Access;
using LocalAws.Lambda;
using LocalAws.Templates;

namespace LocalAws.Tests.Lambda;

/// <summary>A cloud with functions whose code stands in the test.</summary>
internal sealed class LambdaWorld
{
    private readonly Dictionary<string, Func<FunctionSurroundings, Func<string, ILambdaContext, Task<string>>>> code = new(StringComparer.Ordinal);

    public LambdaWorld(int seed = 1)
    {
        Cloud = new(CloudOptions.Default with { Seed = seed });
        Cloud.Lambda.Loader = Load;
    }

    public Cloud Cloud { get; }

    public int Loads { get; private set; }

    public FunctionSettings Add(string name, Func<string, ILambdaContext, Task<string>> handle, int timeoutSeconds = 30) => Load(name, _ => handle, timeoutSeconds);

    public FunctionSettings Load(string name, Func<FunctionSurroundings, Func<string, ILambdaContext, Task<string>>> load, int timeoutSeconds = 30)
    {
        var function = new FunctionSettings(
            name + "Id", name, Cloud.Arn("lambda", "function:" + name), "A::B::C", ImmutableDictionary<string, string>.Empty.Add("OWN", "value"),
            TimeSpan.FromSeconds(timeoutSeconds), 512, "dotnet10", null, Role(name));
        code[name] = load;
        Cloud.Lambda.Add(function);
        return function;
    }

    public static RoleSettings Role(string name, params ImmutableArray<Statement> statements)
    {
        ImmutableArray<Policy> policies = [new(name, statements)];
        var caller = new Caller($"arn:aws:sts::111122223333:assumed-role/{name}/session", "111122223333", name, policies, ConditionKeys.None);
        return new(name, "arn:aws:iam::111122223333:role/" + name, policies, caller);
    }

    public static Statement Allow(string action, string resource) => new("s", false, [action], [resource], []);

    public Invocation Invoke(FunctionSettings function, string payload = "{}") =>
        Cloud.Time.Run(() => Cloud.Lambda.InvokeAsync(function, Encoding.UTF8.GetBytes(payload), "id"));

    public JsonNode Error(FunctionSettings function)
    {
        var invocation = Invoke(function);
        Xunit.Assert.Equal("Unhandled", invocation.FunctionError);
        return JsonNode.Parse(invocation.Payload.Span)!;
    }

    public InvokeResponse Call(InvokeRequest request, IssuedKey? key = null)
    {
        using var client = new AmazonLambdaClient(Signer(key), Through(new AmazonLambdaConfig()));
        return Cloud.Time.Run(async () => await client.InvokeAsync(request).ConfigureAwait(false));
    }

    public T States<T>(Func<AmazonStepFunctionsClient, Task<T>> call, IssuedKey? key = null)
    {
        using var client = new AmazonStepFunctionsClient(Signer(key), Through(new AmazonStepFunctionsConfig()));
        return Cloud.Time.Run(async () => await call(client).ConfigureAwait(false));
    }

    public T Through<T>(T config)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.EUCentral1;
        config.HttpClientFactory = Cloud.Door;
        config.MaxErrorRetry = 0;
        return config;
    }

    public static AWSCredentials Credentials(IssuedKey key) =>
        key.SessionToken is { } token ? new SessionAWSCredentials(key.AccessKeyId, key.SecretAccessKey, token) : new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey);

    private AWSCredentials Signer(IssuedKey? key) => Credentials(key ?? Cloud.Operator);

    private LambdaEntry Load(FunctionSettings function, FunctionSurroundings surroundings)
    {
        Loads++;
        var handle = code[function.FunctionName](surroundings);
        return async (payload, context) =>
        {
            using var reader = new StreamReader(payload);
            var answer = await handle(await reader.ReadToEndAsync().ConfigureAwait(false), context).ConfigureAwait(false);
            return new MemoryStream(Encoding.UTF8.GetBytes(answer));
        };
    }
}
