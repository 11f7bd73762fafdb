using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class RefusalsTests
{
    private static readonly Finding.Refusal NotFound = new(RefusalCode.DatabaseNotFound, "$.databases[0].instance", "There is none.", "Write another.");
    private static readonly Finding.Refusal Taken = new(RefusalCode.NameTaken, "$.name", "It is taken.", "Take another.");

    [Fact]
    public void One_reason_comes_with_its_remedy()
    {
        var reason = Assert.Single(Reasons(NotFound));

        Assert.StartsWith("$.databases[0].instance: There is none.", reason.Reason, StringComparison.Ordinal);
        Assert.Equal("Write another.", reason.Remedy);
    }

    [Fact]
    public void Several_reasons_each_come_with_their_own_remedy()
    {
        var reasons = Reasons([NotFound, .. Enumerable.Repeat(Taken, 10)]);

        Assert.Equal(11, reasons.Length);
        Assert.Equal("Write another.", reasons[0].Remedy);
        Assert.Equal("Take another.", reasons[10].Remedy);
        Assert.StartsWith("$.name: It is taken.", reasons[10].Reason, StringComparison.Ordinal);
    }

    private static ImmutableArray<ServerlessPrivateLink.Cli.Reports.RefusalReason> Reasons(params ImmutableArray<Finding.Refusal> refusals) =>
        Refusals.Reasons(new LinkRefusedException(refusals).Message);
}
