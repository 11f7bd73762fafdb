using ServerlessPrivateLink.Tests.Provisioning;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>AWS itself. It begins only where nothing of the run exists, and leaves nothing of it.</summary>
internal sealed class AwsBackend : RemoteBackend
{
    private readonly AwsAccount account;
    private readonly LivePacing pacing;

    /// <param name="account">The account.</param>
    /// <param name="door">The way there.</param>
    /// <param name="clock">The clock by which it is waited.</param>
    /// <param name="speed">How much faster than that clock.</param>
    /// <exception cref="NamesTakenException">What it would make exists already.</exception>
    public AwsBackend(AwsAccount account, RemoteDoor door, TimeProvider clock, double speed)
        : base(account.Remote, door)
    {
        this.account = account;
        pacing = new(World.Cloud.Time, clock, speed);
        Run(async () =>
        {
            await NamesTakenException.DemandNoneAsync(Aws, account, World.LinkName);
            return true;
        });
    }

    /// <summary>Requests leave as the SDK signed them.</summary>
    public static HttpResponseMessage Send(HttpMessageInvoker http, HttpRequestMessage request) => http.Send(request, CancellationToken.None);

    public override string Database => $$"""{ "instance": "{{account.Database}}" }""";

    public override string DatabaseAddress => $"{account.DatabaseEndpoint.Address} {account.DatabaseEndpoint.Port}";

    public override int DatabasePort => account.DatabaseEndpoint.Port;

    public override int Zones => account.SubnetIds.Length;

    public override string Subnets => $""", "subnetIds": ["{string.Join("\", \"", account.SubnetIds)}"]""";

    public override (string One, string Other) Consumers => (account.Consumers[0], account.Consumers[1]);

    public override void Dispose()
    {
        try
        {
            Run(async () =>
            {
                await new CleanUp(new StackRemains(Aws, AwsAccount.Stack), span => World.Cloud.Time.Delay(span, CancellationToken.None)).RunAsync();
                return true;
            });
        }
        finally
        {
            base.Dispose();
        }
    }

    protected override T Run<T>(Func<Task<T>> work) => pacing.Run(work);
}
