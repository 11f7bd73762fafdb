using System.Globalization;
using System.Net.Http.Headers;

namespace LambdaHost;

/// <summary>The runtime's side of the Runtime API (Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes").</summary>
internal sealed class RuntimeApi : IDisposable
{
    private readonly HttpClient http;

    public RuntimeApi(string endpoint) => http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new($"http://{endpoint}/2018-06-01/runtime/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Waits for the next event.</summary>
    public async Task<Invocation> NextAsync()
    {
        using var answer = await http.GetAsync(new Uri("invocation/next", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return new(
            Header(answer, "Lambda-Runtime-Aws-Request-Id") ?? "",
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Header(answer, "Lambda-Runtime-Deadline-Ms") ?? "0", CultureInfo.InvariantCulture)),
            Header(answer, "Lambda-Runtime-Invoked-Function-Arn") ?? "",
            Header(answer, "Lambda-Runtime-Trace-Id"),
            Header(answer, "Lambda-Runtime-Client-Context"),
            Header(answer, "Lambda-Runtime-Cognito-Identity"),
            Header(answer, "Lambda-Runtime-Aws-Tenant-Id"),
            await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Hands back what the function returned. What is refused, as an answer over 6 MB is, has been told to the caller already.</summary>
    public async Task RespondAsync(string requestId, Stream answer)
    {
        using var content = new StreamContent(answer);
        content.Headers.ContentType = new("application/json");
        using var _ = await http.PostAsync(new Uri($"invocation/{requestId}/response", UriKind.Relative), content);
    }

    public Task FailAsync(string requestId, ErrorReport error) => ReportAsync($"invocation/{requestId}/error", error);

    public Task FailInitAsync(ErrorReport error) => ReportAsync("init/error", error);

    public void Dispose() => http.Dispose();

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private async Task ReportAsync(string path, ErrorReport error)
    {
        using var content = new ByteArrayContent(error.Json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json");
        content.Headers.Add("Lambda-Runtime-Function-Error-Type", error.Type);
        using var _ = await http.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}

/// <summary>An event and what the Lambda service says of it.</summary>
internal sealed record Invocation(
    string RequestId,
    DateTimeOffset Deadline,
    string FunctionArn,
    string? TraceId,
    string? ClientContext,
    string? Identity,
    string? TenantId,
    byte[] Payload);
