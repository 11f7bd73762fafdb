using System.Globalization;
using System.Net;

namespace LocalAws.CloudFormation;

/// <summary>
/// The bucket of CloudFormation in this Region, which takes answers at addresses that were signed for them: one object each, by PUT, and
/// without a Content-Type, which is not part of what was signed (Amazon S3 User Guide, "Download and upload objects with presigned URLs").
/// </summary>
public sealed class ResponseBucket
{
    /// <summary>As observed: two hours.</summary>
    private const int LifeSeconds = 7200;

    private static readonly TimeSpan ShortestTrip = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan LongestTrip = TimeSpan.FromMilliseconds(60);

    private readonly Dictionary<string, (CustomRequest Request, DateTimeOffset Expires)> expected = new(StringComparer.Ordinal);
    private readonly Queue<HttpStatusCode> refusals = [];
    private readonly Cloud cloud;
    private readonly Chance chance;

    internal ResponseBucket(Cloud cloud)
    {
        this.cloud = cloud;
        chance = cloud.Chance.Apart("responses");
        Host = $"cloudformation-custom-resource-response-{cloud.Options.Region.Replace("-", "", StringComparison.Ordinal)}.s3.{cloud.Options.Region}.{cloud.Options.DnsSuffix}";
    }

    /// <summary>Its host (AWS CloudFormation User Guide, "Access CloudFormation using an interface endpoint": "AWS Region names don't contain dashes").</summary>
    public string Host { get; }

    /// <summary>How many requests came, well-formed or not.</summary>
    public int Requests { get; private set; }

    /// <summary>The next answers are not taken, but answered with these.</summary>
    public void Refuse(params IEnumerable<HttpStatusCode> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        foreach (var status in next)
            refusals.Enqueue(status);
    }

    internal string Sign(string stackId, string logicalId, string requestId)
    {
        var now = cloud.Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return $"https://{Host}/{Uri.EscapeDataString($"{stackId}|{logicalId}|{requestId}")}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={now}"
            + $"&X-Amz-SignedHeaders=host&X-Amz-Expires={LifeSeconds - 1}&X-Amz-Signature={chance.Hex(64)}";
    }

    internal void Expect(CustomRequest request) => expected[request.Url.AbsoluteUri] = (request, cloud.Time.GetUtcNow().AddSeconds(LifeSeconds));

    internal async Task<HttpResponseMessage> TakeAsync(HttpRequestMessage request, CancellationToken token)
    {
        await cloud.Time.Delay(chance.Between(ShortestTrip, LongestTrip), token).ConfigureAwait(false);
        Requests++;
        if (refusals.TryDequeue(out var refusal))
            return new(refusal) { RequestMessage = request };
        if (request.Method != HttpMethod.Put || request.Content?.Headers.ContentType is not null || !expected.TryGetValue(request.RequestUri!.AbsoluteUri, out var known) || known.Expires < cloud.Time.GetUtcNow())
            return new(HttpStatusCode.Forbidden) { RequestMessage = request };
        known.Request.Take(CustomAnswer.Read(request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false), known.Request.Body));
        return new(HttpStatusCode.OK) { RequestMessage = request };
    }
}
