using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LocalAws.Lambda.Processes;

/// <summary>
/// The Runtime API of one execution environment, on a loopback port of its own
/// (Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes").
/// </summary>
internal sealed class RuntimeApiServer : IDisposable
{
    private const string Version = "/2018-06-01/";

    private readonly KestrelServer server;

    private RuntimeApiServer(KestrelServer server, string address) => (this.server, Address) = (server, address);

    /// <summary>Host and port, as in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address { get; }

    /// <param name="handle">Answers a request; called on threads of the server.</param>
    public static RuntimeApiServer Open(Func<RuntimeRequest, Task<RuntimeAnswer>> handle)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0);
        // A response that is too large is refused in words, not by a broken connection.
        options.Limits.MaxRequestBodySize = null;
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var opened = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        opened.StartAsync(new Application(handle), CancellationToken.None).GetAwaiter().GetResult();
        return new(opened, new Uri(opened.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Authority);
    }

    public void Dispose() => server.Dispose();

    private sealed class Application(Func<RuntimeRequest, Task<RuntimeAnswer>> handle) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            var (request, response) = (context.Request, context.Response);
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, context.RequestAborted);
            var path = request.Path.Value ?? "";
            var answer = path.StartsWith(Version, StringComparison.Ordinal)
                ? await handle(new(request.Method, path[Version.Length..], request.Headers["Lambda-Runtime-Function-Error-Type"], body.ToArray())).WaitAsync(context.RequestAborted)
                : RuntimeAnswer.Unknown;
            response.StatusCode = answer.Status;
            response.ContentType = "application/json";
            response.ContentLength = answer.Body.Length;
            foreach (var (name, value) in answer.Headers)
                response.Headers[name] = value;
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }
}
