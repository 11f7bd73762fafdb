using LocalAws.Tests.Moto;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>Moto's EC2, Elastic Load Balancing, RDS, SNS and STS; <see cref="MotoGaps"/> says what they lack.</summary>
internal sealed class MotoBackend : RemoteBackend
{
    private readonly HttpClient client;

    public MotoBackend(MotoServer server)
        : this(server, new HttpClient { BaseAddress = server.Address }, new MotoGaps())
    {
    }

    private MotoBackend(MotoServer server, HttpClient client, MotoGaps gaps)
        : base(new MotoAccount(server).Open(), new RemoteDoor((request, body) => gaps.Answer(body, () => Send(client, request, body)))) => this.client = client;

    public override string Database => """{ "instance": "orders-prod" }""";

    public override int Zones => 3;

    public override void Dispose()
    {
        base.Dispose();
        client.Dispose();
    }

    /// <summary>Moto tells the services apart by the signature's scope, and all of them answer at one address.</summary>
    private static HttpResponseMessage Send(HttpClient client, HttpRequestMessage request, string body)
    {
        using var forwarded = new HttpRequestMessage(request.Method, "/") { Content = new StringContent(body) };
        forwarded.Content.Headers.Remove("Content-Type");
        forwarded.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        foreach (var (name, values) in request.Headers.NonValidated.Where(static header => !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)))
            forwarded.Headers.TryAddWithoutValidation(name, values.ToString());
        return client.Send(forwarded);
    }
}
