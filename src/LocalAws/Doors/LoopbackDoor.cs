using System.Collections.Immutable;
using System.Net;
using LocalAws.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LocalAws.Doors;

/// <summary>
/// The door for everybody on this machine: HTTP on a port of 127.0.0.1. Signatures are checked in full; requests are carried out on
/// the thread that pumps the cloud's time, so nothing is answered while nobody pumps.
/// </summary>
public sealed class LoopbackDoor : IAsyncDisposable
{
    /// <summary>More than the largest request of any AWS API that is imitated here, so that each can refuse in its own words.</summary>
    private const int LargestBody = 16 * 1024 * 1024;

    private readonly KestrelServer server;

    private LoopbackDoor(KestrelServer server, Uri endpoint) => (this.server, Endpoint) = (server, endpoint);

    /// <summary>Where it is, such as <c>http://127.0.0.1:4566/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Opens the door.</summary>
    /// <param name="cloud">What lies behind it.</param>
    /// <param name="port">The port; 0: any that is free.</param>
    /// <param name="realClock">The clock that signatures are dated by.</param>
    /// <param name="onFailure">Told of each request that broke something here; its client gets an internal failure.</param>
    /// <param name="token">Ends the opening.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<LoopbackDoor> OpenAsync(Cloud cloud, int port, TimeProvider realClock, Action<Exception> onFailure, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(realClock);
        ArgumentNullException.ThrowIfNull(onFailure);
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MaxRequestBodySize = LargestBody;
        ListenOptions? listening = null;
        options.Listen(IPAddress.Loopback, port, listen => listening = listen);
        var opening = new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        try
        {
            await opening.StartAsync(new Visits(cloud, realClock, onFailure), token).ConfigureAwait(false);
            return new(opening, new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), listening!.IPEndPoint!.Port).Uri);
        }
        catch
        {
            opening.Dispose();
            throw;
        }
    }

    /// <summary>Closes it; requests that are under way are broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.StopAsync(new(canceled: true)).ConfigureAwait(false);
        server.Dispose();
    }

    private sealed class Visits(Cloud cloud, TimeProvider realClock, Action<Exception> onFailure) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            try
            {
                var answer = await AskAsync(await ReadAsync(context).ConfigureAwait(false)).WaitAsync(context.RequestAborted).ConfigureAwait(false);
                await WriteAsync(context.Response, answer, context.RequestAborted).ConfigureAwait(false);
            }
            catch (ConnectionLostException)
            {
                context.Abort();
            }
            catch (Microsoft.AspNetCore.Http.BadHttpRequestException bad)
            {
                await WriteAsync(context.Response, Plain(bad.StatusCode, bad.Message), context.RequestAborted).ConfigureAwait(false);
            }
            catch (Exception) when (context.RequestAborted.IsCancellationRequested)
            {
                // The client has gone: what it asked for is carried out all the same, as in AWS, and nobody is left to be told.
            }
            catch (Exception failure)
            {
                onFailure(failure);
                await WriteAsync(context.Response, Plain(500, $"LocalAws failed: {failure.Message}"), context.RequestAborted).ConfigureAwait(false);
            }
        }

        private Task<WireResponse> AskAsync(WireRequest request)
        {
            var answered = new TaskCompletionSource<WireResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
            cloud.Time.Post(() => _ = CarryOutAsync(request, answered));
            return answered.Task;
        }

        private async Task CarryOutAsync(WireRequest request, TaskCompletionSource<WireResponse> answered)
        {
            try
            {
                answered.SetResult(await cloud.Gateway.HandleSignedAsync(request, realClock.GetUtcNow(), CancellationToken.None).ConfigureAwait(false));
            }
            catch (Exception failure)
            {
                answered.SetException(failure);
            }
        }

        private static async Task<WireRequest> ReadAsync(HttpContext context)
        {
            var request = context.Request;
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
            var headers = request.Headers.ToImmutableDictionary(header => header.Key, header => string.Join(",", (IEnumerable<string?>)header.Value), StringComparer.OrdinalIgnoreCase);
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var cut = target.IndexOf('?', StringComparison.Ordinal);
            return new(request.Method, cut < 0 ? target : target[..cut], cut < 0 ? "" : target[(cut + 1)..], headers, body.ToArray());
        }

        private static async Task WriteAsync(HttpResponse response, WireResponse answer, CancellationToken token)
        {
            response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers)
                response.Headers[name] = value;
            if (answer.Status == StatusCodes.Status204NoContent)
                return;
            response.ContentType = answer.ContentType;
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, token).ConfigureAwait(false);
        }

        private static WireResponse Plain(int status, string message) =>
            new RestJsonProtocol().Write(new AwsErrorException(status < 500 ? "MalformedHttpRequestException" : "InternalFailure", message, (HttpStatusCode)status), "");
    }
}
