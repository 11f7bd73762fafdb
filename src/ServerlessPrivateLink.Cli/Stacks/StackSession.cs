using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>A person at work on a deployed stack.</summary>
/// <param name="Aws">The person's clients.</param>
/// <param name="Stack">The stack.</param>
/// <param name="Who">The person's ARN.</param>
public sealed record StackSession(OperatorClients Aws, FoundStack Stack, string Who) : IDisposable
{
    internal static readonly JsonSerializerOptions Wire = new() { Converters = { new JsonStringEnumConverter() } };

    /// <exception cref="BadInputException">There is no such stack, or it is not clear which is meant.</exception>
    public static async Task<StackSession> OpenAsync(StackOptions options, Host host, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(host);
        var place = ChosenPlace.Of(options, host);
        var aws = OperatorClients.With(config => Configure(config, place.Region, options, host.Aws));
        try
        {
            var who = await aws.Identity.GetCallerIdentityAsync(new GetCallerIdentityRequest(), token);
            return new(aws, await new StackSearch(aws.Tagging, who.Account, place.Region).FindAsync(place.Stack, place.SaidBy, token), who.Arn);
        }
        catch
        {
            aws.Dispose();
            throw;
        }
    }

    /// <summary>Invokes a function of the stack and waits for its answer.</summary>
    /// <param name="function">Its name in the template.</param>
    /// <param name="input">Its input.</param>
    /// <param name="token">Ends the waiting.</param>
    /// <exception cref="FunctionFailedException">The function failed, or refused.</exception>
    public async Task<TOutput> InvokeAsync<TInput, TOutput>(string function, TInput input, CancellationToken token)
    {
        var answer = await Aws.Lambda.InvokeAsync(new InvokeRequest { FunctionName = Stack.Function(function), Payload = JsonSerializer.Serialize(input, Wire) }, token);
        using var payload = await JsonDocument.ParseAsync(answer.Payload, cancellationToken: token);
        return string.IsNullOrEmpty(answer.FunctionError)
            ? payload.Deserialize<TOutput>(Wire)!
            : throw new FunctionFailedException(function, Text("errorType"), Text("errorMessage"));

        string Text(string name) => payload.RootElement.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
    }

    public void Dispose() => Aws.Dispose();

    private static void Configure(ClientConfig config, string region, StackOptions options, AwsEntry? entry)
    {
        if (options.Endpoint is { } endpoint)
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint.AbsoluteUri, region);
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (options.Profile is { } profile)
            config.Profile = new Profile(profile);
        if (entry is null)
            return;
        config.DefaultAWSCredentials = entry.Credentials;
        if (entry.Http is null)
            return;
        config.HttpClientFactory = entry.Http;
        // The SDK backs off in real time, which does not pass there.
        config.MaxErrorRetry = 0;
    }
}

/// <summary>A function of the stack ended with an error.</summary>
public sealed class FunctionFailedException(string function, string error, string cause) : Exception($"{function} failed with {error}: {cause}")
{
    /// <summary>The error's name.</summary>
    public string Error { get; } = error;

    /// <summary>What it said.</summary>
    public string Cause { get; } = cause;
}
