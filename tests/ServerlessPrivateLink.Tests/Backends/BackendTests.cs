using LocalAws.Tests.Moto;
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
}
