using System.Collections.Immutable;
using System.Net;
using System.Web;
using Amazon.Runtime;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>
/// The way of the SDK's clients to an AWS outside this process, on the calling thread, as the simulation needs it.
/// It writes down the operations, all of which belong to query protocols here.
/// </summary>
/// <param name="send">Sends what leaves.</param>
internal sealed class RemoteDoor(Func<HttpRequestMessage, string, HttpResponseMessage> send) : HttpClientFactory
{
    private static readonly string[] Reads = ["Describe", "Get", "List"];

    private readonly List<string> operations = [];

    public int Count => operations.Count;

    public ImmutableArray<string> ChangesSince(int place) =>
        [.. operations.Skip(place).Where(static operation => !Array.Exists(Reads, start => operation.StartsWith(start, StringComparison.Ordinal)))];

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this, send), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public static HttpResponseMessage Xml(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, System.Text.Encoding.UTF8, "text/xml") };

    private sealed class Handler(RemoteDoor door, Func<HttpRequestMessage, string, HttpResponseMessage> send) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            door.operations.Add(HttpUtility.ParseQueryString(body)["Action"] ?? body);
            var answer = send(request, body);
            answer.RequestMessage = request;
            return answer;
        }
    }
}
