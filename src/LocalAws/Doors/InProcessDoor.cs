using System.Collections.Immutable;
using System.Net;
using Amazon.Runtime;
using LocalAws.Wire;

namespace LocalAws.Doors;

/// <summary>
/// The door for SDK clients of this process: set as <c>HttpClientFactory</c> of a client's config, it hands each signed request to
/// the gateway without a socket, on the calling thread.
/// </summary>
public sealed class InProcessDoor(Gateway gateway) : HttpClientFactory
{
    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(gateway), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class Handler(Gateway gateway) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host == gateway.Responses.Host)
                return await gateway.Responses.TakeAsync(request, cancellationToken).ConfigureAwait(false);
            var answer = await gateway.HandleAsync(await ReadAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ReadOnlyMemoryContent(answer.Body) };
            response.Content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
            foreach (var (name, value) in answer.Headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return response;
        }

        private static async Task<WireRequest> ReadAsync(HttpRequestMessage request, CancellationToken token)
        {
            var headers = request.Headers.NonValidated
                .Concat(request.Content?.Headers.NonValidated ?? default)
                .ToImmutableDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false);
            var uri = request.RequestUri!;
            return new(request.Method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), headers, body);
        }
    }
}
