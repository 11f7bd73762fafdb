using System.Net;
using System.Text;
using Amazon;
using Amazon.Runtime;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>One request as it left the client.</summary>
internal sealed record Sent(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public IReadOnlyDictionary<string, string> Form => Pairs(Text);

    public IReadOnlyDictionary<string, string> Query => Pairs(Uri.Query.TrimStart('?'));

    private static Dictionary<string, string> Pairs(string text) => text.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? ""), StringComparer.Ordinal);
}

internal sealed record Answer(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public static Answer Ok(string body) => Of(200, body);

    public static Answer Of(int status, string body, params (string Name, string Value)[] headers) =>
        new(status, Encoding.UTF8.GetBytes(body), headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal));
}

/// <summary>The far end of the wire: gives the answers in their order, the last one again and again, and keeps what was sent. No socket, no other thread.</summary>
internal sealed class Transport(params Answer[] answers) : HttpMessageHandler
{
    public List<Sent> Sent { get; } = [];

    public Sent Only => Sent.Single();

    /// <summary>Sends what a client sends to this transport; retries are off unless a number is given, or null for the client's own number.</summary>
    public T Configure<T>(T config, int? retries = 0) where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.EUCentral1;
        if (retries is { } number)
            config.MaxErrorRetry = number;
        config.HttpClientFactory = new Factory(this);
        return config;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<HttpResponseMessage>(cancellationToken) : Task.FromResult(Exchange(request, cancellationToken));

    private HttpResponseMessage Exchange(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        request.Content?.CopyTo(body, null, cancellationToken);
        var headers = request.Headers.Concat(request.Content is null ? [] : request.Content.Headers)
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value), StringComparer.Ordinal);
        Sent.Add(new Sent(request.Method, request.RequestUri!, headers, body.ToArray()));
        var answer = answers[Math.Min(Sent.Count, answers.Length) - 1];
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ByteArrayContent(answer.Body), RequestMessage = request };
        foreach (var (name, value) in answer.Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private sealed class Factory(Transport transport) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(transport, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
