using System.Collections.Immutable;
using LocalAws.Templates;

namespace LocalAws.CloudFormation;

/// <summary>A custom resource that stands.</summary>
/// <param name="Resource">As it was described last.</param>
/// <param name="PhysicalId">What it is.</param>
/// <param name="Data">Its attributes.</param>
internal sealed record StandingResource(CustomResource Resource, string PhysicalId, ImmutableSortedDictionary<string, string> Data);

/// <summary>A stack that stands, and its custom resources, in the order in which they were made.</summary>
internal sealed class StandingStack(Cloud cloud, CustomRequests requests, Deployment deployment)
{
    private readonly OrderedDictionary<string, StandingResource> customs = new(StringComparer.Ordinal);
    private readonly List<StackEvent> events = [];

    public Deployment Deployment { get; private set; } = deployment;

    public IReadOnlyDictionary<string, StandingResource> Customs => customs;

    public void Note(string id, string physicalId, string status, string reason = "") => events.Add(new(cloud.Time.GetUtcNow(), id, physicalId, status, reason));

    public StackOutcome End(string status, int from, Stack stack)
    {
        Note(Deployment.StackName, Deployment.StackId, status);
        return new(status, [.. events.Skip(from)], stack);
    }

    public int Place => events.Count;

    public void Become(Deployment next) => Deployment = next;

    public async Task<bool> CreateAsync(string id)
    {
        var resource = Deployment.Describe(id);
        Note(id, "", "CREATE_IN_PROGRESS");
        var answer = await requests.AskAsync("Create", Deployment.StackId, resource, null, null).ConfigureAwait(false);
        // A resource that never said what it is gets a name of CloudFormation's own, under which it is deleted.
        return Keep(resource, answer, answer.PhysicalId ?? Deployment.NewName(id, 128), "CREATE");
    }

    /// <summary>Changes a resource; what it was before must be deleted where the answer names another one.</summary>
    public async Task<(bool Succeeded, StandingResource? Replaced)> UpdateAsync(string id, CustomResource wanted)
    {
        var before = customs[id];
        Note(id, before.PhysicalId, "UPDATE_IN_PROGRESS");
        var answer = await requests.AskAsync("Update", Deployment.StackId, wanted, before.PhysicalId, before.Resource).ConfigureAwait(false);
        var succeeded = Keep(wanted, answer, answer.PhysicalId ?? before.PhysicalId, "UPDATE");
        return (succeeded, customs[id].PhysicalId == before.PhysicalId ? null : before);
    }

    /// <summary>Deletes a resource; one that refuses stands on.</summary>
    public async Task<bool> DeleteAsync(string id, StandingResource standing)
    {
        Note(id, standing.PhysicalId, "DELETE_IN_PROGRESS");
        var answer = await requests.AskAsync("Delete", Deployment.StackId, standing.Resource, standing.PhysicalId, null).ConfigureAwait(false);
        Note(id, standing.PhysicalId, answer.Succeeded ? "DELETE_COMPLETE" : "DELETE_FAILED", answer.Reason);
        if (answer.Succeeded)
            Forget(id, standing);
        return answer.Succeeded;
    }

    /// <summary>It is this stack's no more, unless another one took its place.</summary>
    public void Forget(string id, StandingResource standing)
    {
        if (ReferenceEquals(customs.GetValueOrDefault(id), standing))
            customs.Remove(id);
    }

    /// <summary>Deletes its custom resources, what was made last first, until one refuses.</summary>
    public async Task<bool> DeleteAllAsync()
    {
        foreach (var (id, standing) in customs.Reverse().ToImmutableArray())
        {
            if (!await DeleteAsync(id, standing).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    private bool Keep(CustomResource resource, CustomAnswer answer, string physicalId, string operation)
    {
        customs[resource.LogicalId] = new(resource, physicalId, answer.Data);
        Deployment.Answered(resource.LogicalId, physicalId, answer.Data);
        Note(resource.LogicalId, physicalId, answer.Succeeded ? $"{operation}_COMPLETE" : $"{operation}_FAILED", answer.Reason);
        return answer.Succeeded;
    }
}
