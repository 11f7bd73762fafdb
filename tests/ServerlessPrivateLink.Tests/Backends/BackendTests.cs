using System.Collections;
using LocalAws.Tests.Moto;
using ServerlessPrivateLink.Tests.Backends.Aws;
using Xunit;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>The provisioning scenario on every AWS that can be had.</summary>
public sealed class BackendTests(MotoServer server) : IClassFixture<MotoServer>
{
    [Fact]
    public void A_new_link_is_built_on_LocalAws()
    {
        using var backend = new LocalBackend();

        Scenarios.A_new_link_is_built(backend);
    }

    [SkippableFact]
    public void A_new_link_is_built_on_moto()
    {
        MotoServer.Need();
        using var backend = new MotoBackend(server);

        Scenarios.A_new_link_is_built(backend);
    }

    /// <summary>It has never run: that needs an account. <see cref="AwsBackendTests"/> runs all of it but the account on moto.</summary>
    [SkippableFact]
    public void A_new_link_is_built_on_AWS()
    {
        var account = AwsAccount.OrSkip(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(static one => (string)one.Key, static one => (string)one.Value!, StringComparer.Ordinal));
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
#pragma warning disable RS0030 // AWS takes real time.
        using var backend = new AwsBackend(account, new RemoteDoor((request, _) => AwsBackend.Send(http, request)), TimeProvider.System, speed: 1);
#pragma warning restore RS0030

        Scenarios.A_new_link_is_built(backend);
    }
}
