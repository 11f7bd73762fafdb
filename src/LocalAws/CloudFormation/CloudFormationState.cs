using System.Collections.Immutable;
using LocalAws.Templates;

namespace LocalAws.CloudFormation;

/// <summary>
/// AWS CloudFormation as far as custom resources go. What AWS makes itself stands at once; custom resources are then made one after the other,
/// what another one needs first, and deleted the other way round. A creation that fails is rolled back, an update that fails is taken back by
/// another update with the properties of before, and what an update replaced or left out is deleted when all else is done
/// (AWS CloudFormation User Guide, "Create custom provisioning logic with custom resources", "Understand update behaviors of stack resources").
/// An update here changes custom resources alone. A stack whose deletion is refused keeps all that it has: in AWS it loses what nothing
/// that is left depends on.
/// </summary>
public sealed class CloudFormationState
{
    private readonly Dictionary<string, StandingStack> stacks = new(StringComparer.Ordinal);
    private readonly Cloud cloud;
    private readonly CustomRequests requests;

    internal CloudFormationState(Cloud cloud)
    {
        this.cloud = cloud;
        Responses = new(cloud);
        requests = new(cloud, Responses);
    }

    /// <summary>Where custom resources answer.</summary>
    public ResponseBucket Responses { get; }

    /// <summary>All requests to custom resources, oldest first.</summary>
    public ImmutableArray<CustomRequest> Requests => requests.Asked;

    /// <summary>Asks the function of a custom resource of any stack, as CloudFormation asks, and waits for the answer.</summary>
    /// <param name="type"><c>Create</c>, <c>Update</c> or <c>Delete</c>.</param>
    /// <param name="stackId">Whose resource it is.</param>
    /// <param name="resource">The resource as it is to be.</param>
    /// <param name="physicalId">What it is; null: nothing yet.</param>
    public Task<CustomAnswer> AskAsync(string type, string stackId, CustomResource resource, string? physicalId = null) =>
        requests.AskAsync(type, stackId, resource, physicalId, null);

    /// <summary>Creates a stack.</summary>
    /// <param name="template">What it is made of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">Values for the template's parameters.</param>
    /// <exception cref="TemplateException">Something cannot be evaluated or made.</exception>
    public async Task<StackOutcome> CreateAsync(Template template, string name, IReadOnlyDictionary<string, string> parameters)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (stacks.ContainsKey(name))
            throw new TemplateException("Stack name", name, "a name that no stack has");
        var deployment = new Deployment(cloud, template, name, parameters);
        var made = deployment.MakeAll();
        Handover.Give(cloud, made);
        var stack = stacks[name] = new(cloud, requests, deployment);
        foreach (var id in deployment.CustomIds)
        {
            if (!await stack.CreateAsync(id).ConfigureAwait(false))
                return await RollBackAsync(stack, made).ConfigureAwait(false);
        }

        return stack.End("CREATE_COMPLETE", 0, deployment.Finish());
    }

    /// <summary>Updates a stack with other values for its parameters.</summary>
    /// <exception cref="TemplateException">They change more than custom resources.</exception>
    public async Task<StackOutcome> UpdateAsync(string name, IReadOnlyDictionary<string, string> parameters)
    {
        var stack = stacks[name];
        var (before, from) = (stack.Deployment, stack.Place);
        stack.Become(before.With(parameters));
        if (await ChangeAsync(stack).ConfigureAwait(false) is { } late)
        {
            await CleanUpAsync(stack, late).ConfigureAwait(false);
            return stack.End("UPDATE_COMPLETE", from, stack.Deployment.Finish());
        }

        stack.Become(before);
        if (await ChangeAsync(stack).ConfigureAwait(false) is not { } undone)
            return stack.End("UPDATE_ROLLBACK_FAILED", from, before.Finish());
        await CleanUpAsync(stack, undone).ConfigureAwait(false);
        return stack.End("UPDATE_ROLLBACK_COMPLETE", from, before.Finish());
    }

    /// <summary>Deletes a stack.</summary>
    public async Task<StackOutcome> DeleteAsync(string name)
    {
        var stack = stacks[name];
        var (from, made) = (stack.Place, stack.Deployment.Finish());
        if (!await stack.DeleteAllAsync().ConfigureAwait(false))
            return stack.End("DELETE_FAILED", from, made);
        Handover.TakeBack(cloud, made);
        stacks.Remove(name);
        return stack.End("DELETE_COMPLETE", from, made);
    }

    private async Task<StackOutcome> RollBackAsync(StandingStack stack, Stack made)
    {
        if (!await stack.DeleteAllAsync().ConfigureAwait(false))
            return stack.End("ROLLBACK_FAILED", 0, made);
        Handover.TakeBack(cloud, made);
        stacks.Remove(made.Name);
        return stack.End("ROLLBACK_COMPLETE", 0, made);
    }

    /// <summary>Makes and changes what the deployment asks for; null: something failed, else what is to be deleted now.</summary>
    private static async Task<ImmutableArray<(string Id, StandingResource Standing)>?> ChangeAsync(StandingStack stack)
    {
        var wanted = stack.Deployment.CustomIds;
        var late = stack.Customs.Where(one => !wanted.Contains(one.Key, StringComparer.Ordinal)).Select(one => (one.Key, one.Value)).Reverse().ToList();
        foreach (var id in wanted)
        {
            if (!stack.Customs.TryGetValue(id, out var standing))
            {
                if (!await stack.CreateAsync(id).ConfigureAwait(false))
                    return null;
                continue;
            }

            stack.Deployment.Answered(id, standing.PhysicalId, standing.Data);
            var resource = stack.Deployment.Describe(id);
            if (resource.Says(standing.Resource))
                continue;
            var (succeeded, replaced) = await stack.UpdateAsync(id, resource).ConfigureAwait(false);
            if (!succeeded)
                return null;
            if (replaced is not null)
                late.Add((id, replaced));
        }

        return [.. late];
    }

    /// <summary>What refuses to be deleted now is left behind; the update has succeeded all the same.</summary>
    private static async Task CleanUpAsync(StandingStack stack, ImmutableArray<(string Id, StandingResource Standing)> late)
    {
        foreach (var (id, standing) in late)
        {
            await stack.DeleteAsync(id, standing).ConfigureAwait(false);
            stack.Forget(id, standing);
        }
    }
}
