using System.Collections.Immutable;
using System.Text;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Tests.Provisioning;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>How a run of the provisioning machine ended.</summary>
/// <param name="Status">Its end.</param>
/// <param name="Problem">The error and its cause, when it did not end well.</param>
/// <param name="Changes">The operations that could change something, in order.</param>
internal sealed record Provisioned(ExecutionStatus Status, string Problem, ImmutableArray<string> Changes);

/// <summary>
/// An AWS that the product's functions are run against, in the order of the unmodified state machine and through the real SDK pipeline.
/// What the functions call is the backend's; the machine itself is always run by LocalAws.
/// </summary>
/// <param name="world">Runs the machine.</param>
/// <param name="stack">The stack's name in tags and names.</param>
internal abstract class Backend(World world, string stack) : IDisposable
{
    /// <summary>A document's entry for the one database of the account.</summary>
    public abstract string Database { get; }

    /// <summary>The address and port of that database.</summary>
    public abstract string DatabaseAddress { get; }

    /// <summary>How many zones it may move to.</summary>
    public abstract int Zones { get; }

    /// <summary>The port of that database.</summary>
    public virtual int DatabasePort => 5432;

    /// <summary>The document's field for the load balancer's subnets, where they are not left to the product.</summary>
    public virtual string Subnets => "";

    /// <summary>Two accounts that may become consumers.</summary>
    public virtual (string One, string Other) Consumers => ("133737826969", "210987654321");

    protected World World { get; } = world;

    protected abstract OperatorClients Aws { get; }

    public Provisioned Provision(string document)
    {
        var place = Place;
        var run = Run(() => World.ProvisionAsync(document));
        return new(run.Status, $"{run.Error}: {run.Cause}", ChangesSince(place));
    }

    /// <summary>What its API shows of a link.</summary>
    public LinkFacts Look(string document) =>
        Run(() => new LinkInspection(Aws, stack).ReadAsync(LinkDocument.Read(Encoding.UTF8.GetBytes(document), "aws", new DateOnly(2026, 1, 1)).Link!));

    public virtual void Dispose() => Aws.Dispose();

    /// <summary>How many calls there were so far.</summary>
    protected abstract int Place { get; }

    protected abstract ImmutableArray<string> ChangesSince(int place);

    /// <summary>Lets as much time pass as the work takes.</summary>
    protected virtual T Run<T>(Func<Task<T>> work) => World.Cloud.Time.Run(work);
}
