using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>The example, rehearsed once for all tests that look at it.</summary>
public sealed class Rehearsed : IAsyncLifetime
{
    internal Run Json { get; private set; } = null!;

    internal Run Text { get; private set; } = null!;

    public async Task InitializeAsync() => (Json, Text) = (await Run.Of("rehearse", "--json"), await Run.Of("rehearse"));

    public Task DisposeAsync() => Task.CompletedTask;
}
