using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>Gives out credentials, knows whose they are, and judges each request by the policies of its caller.</summary>
public sealed class AccessControl(Chance chance)
{
    private readonly Dictionary<string, (Caller Caller, IssuedKey Key)> issued = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourcePolicy> attached = new(StringComparer.Ordinal);
    private readonly HashSet<string> revoked = new(StringComparer.Ordinal);
    private readonly HashSet<Permission> used = [];
    private readonly HashSet<Permission> needed = [];

    /// <summary>Makes credentials for a caller.</summary>
    /// <param name="caller">Whose they are.</param>
    /// <param name="temporary">A role's (with a session token) rather than a user's.</param>
    public IssuedKey Issue(Caller caller, bool temporary)
    {
        var key = new IssuedKey(
            (temporary ? "ASIA" : "AKIA") + chance.Hex(16).ToUpperInvariant(),
            chance.Hex(40),
            temporary ? "local-" + chance.Hex(32) : null);
        issued[key.AccessKeyId] = (caller, key);
        return key;
    }

    /// <summary>
    /// Takes credentials back because the invocation that held them has ended or died: a call that is under way with them, or that
    /// its remains still make, never comes back, as nothing comes back to a process that is frozen or gone.
    /// </summary>
    public void Revoke(IssuedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        issued.Remove(key.AccessKeyId);
        revoked.Add(key.AccessKeyId);
    }

    /// <summary>Whether a key was given out and taken back.</summary>
    public bool IsRevoked(string accessKeyId) => revoked.Contains(accessKeyId);

    /// <summary>Whose key this is, and the key; null when it was never given out or was taken back.</summary>
    public (Caller Caller, IssuedKey Key)? Find(string accessKeyId) => issued.TryGetValue(accessKeyId, out var found) ? found : null;

    /// <summary>Puts a policy at a resource; from then on it is heard whenever that resource is asked for.</summary>
    /// <param name="resourceArn">A topic's or key's ARN.</param>
    /// <param name="policy">Its policy, in place of the one before.</param>
    public void Attach(string resourceArn, ResourcePolicy policy) => attached[resourceArn] = policy;

    /// <summary>Takes the policy of a resource away.</summary>
    public void Detach(string resourceArn) => attached.Remove(resourceArn);

    /// <summary>Lets an allowed request of an AWS service pass, such as a publish by <c>vpce.amazonaws.com</c>: the resource's policy decides alone.</summary>
    /// <exception cref="AccessDeniedException">The resource has no policy, or one that does not allow it.</exception>
    public void DemandOfService(string service, AccessRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var outcome = Judgement.OfService(service, attached.GetValueOrDefault(request.Resource), request);
        if (outcome is not Outcome.Allowed)
            throw AccessDeniedException.Of(service, request, outcome);
    }

    /// <summary>Lets an allowed request pass, and remembers which permission let it.</summary>
    /// <exception cref="AccessDeniedException">The caller's policies, or the resource's, do not allow it.</exception>
    public void Demand(Caller caller, AccessRequest request)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        if (caller.Policies is not { } policies)
            return;
        var judgement = Judgement.Of(caller, policies, attached.GetValueOrDefault(request.Resource), request);
        if (judgement.Outcome is not Outcome.Allowed)
            throw AccessDeniedException.Of(caller.Arn, request, judgement.Outcome);
        used.UnionWith(judgement.Grants);
        if (judgement is { ByResource: false, Grants: [var only] })
            needed.Add(only);
    }

    /// <summary>What a caller is allowed and has never used: nothing that ran would miss it.</summary>
    public ImmutableArray<Permission> Unused(Caller caller) => Without(caller, used);

    /// <summary>
    /// What could be taken from a caller, one at a time, without anything that ran being refused: what it never used, and what
    /// another permission, or the resource's own policy, allowed as well.
    /// </summary>
    public ImmutableArray<Permission> Dispensable(Caller caller) => Without(caller, needed);

    private static ImmutableArray<Permission> Without(Caller caller, HashSet<Permission> kept)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return
        [
            .. from policy in caller.Policies ?? []
               from statement in policy.Statements
               where !statement.Deny
               from action in statement.Actions
               select new Permission(caller.Name, policy.Name, statement.Id, action) into permission
               where !kept.Contains(permission)
               select permission,
        ];
    }
}
