using System.Collections.Immutable;
using System.Net;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using LocalAws.Access;
using LocalAws.Templates;

namespace LocalAws.Lambda;

/// <summary>A function that is ready to be invoked: bytes in, bytes out, as the managed runtime calls it.</summary>
public delegate Task<Stream> LambdaEntry(Stream payload, ILambdaContext context);

/// <summary>Loads the code of a function; called once for each execution environment.</summary>
public delegate LambdaEntry FunctionLoader(FunctionSettings function, FunctionSurroundings surroundings);

/// <summary>Resolves a host name.</summary>
public delegate Task<ImmutableArray<IPAddress>> ResolveHost(string host, CancellationToken token);

/// <summary>Opens a TCP connection.</summary>
public delegate Task<Stream> ConnectTo(IPAddress address, int port, CancellationToken token);

/// <summary>What a function finds around it instead of the process's own environment.</summary>
/// <param name="Environment">Its environment variables, with those that the Lambda service sets.</param>
/// <param name="Credentials">Its role's.</param>
/// <param name="Time">The clock.</param>
/// <param name="Resolve">DNS.</param>
/// <param name="Connect">Its network.</param>
/// <param name="Http">The door for its AWS clients.</param>
public sealed record FunctionSurroundings(
    ImmutableDictionary<string, string> Environment,
    IssuedKey Credentials,
    TimeProvider Time,
    ResolveHost Resolve,
    ConnectTo Connect,
    HttpClientFactory Http)
{
    /// <summary>Its standard output: each line becomes a line of its log, and so a metric where it is one.</summary>
    public TextWriter StandardOutput { get; init; } = TextWriter.Null;
}
