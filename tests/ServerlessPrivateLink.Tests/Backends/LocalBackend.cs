using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.Provisioning;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>LocalAws, in which the functions run with the template's roles.</summary>
internal sealed class LocalBackend : Backend
{
    public LocalBackend()
        : base(new World(), World.StackName)
    {
        Aws = OperatorClients.Of(World.Cloud);
        // Calls are counted, and one that is tried again would count twice.
        World.Cloud.Visibility.Longest = TimeSpan.Zero;
    }

    public override string Database => """{ "instance": "orders-prod" }""";

    public override string DatabaseAddress => $"{World.Cloud.Rds.FindInstance("orders-prod")!.Address} 5432";

    public override int Zones => 3;

    protected override OperatorClients Aws { get; }

    protected override int Place => World.Cloud.Calls.Count;

    protected override ImmutableArray<string> ChangesSince(int place) => [.. World.ChangesSince(place).Select(static action => action.Split(':')[1])];
}
