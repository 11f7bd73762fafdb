namespace LocalAws.Access;

/// <summary>Gives out credentials, knows whose they are, and judges each request by the policies of its caller.</summary>
public sealed class AccessControl(Chance chance)
{
    private readonly Dictionary<string, (Caller Caller, IssuedKey Key)> issued = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourcePolicy> attached = new(StringComparer.Ordinal);

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

    /// <summary>Takes credentials back; whoever still uses them is refused.</summary>
    public void Revoke(IssuedKey key) => issued.Remove(key.AccessKeyId);

    /// <summary>Whose key this is, and the key; null when it was never given out or was taken back.</summary>
    public (Caller Caller, IssuedKey Key)? Find(string accessKeyId) => issued.TryGetValue(accessKeyId, out var found) ? found : null;

    /// <summary>Puts a policy at a resource; from then on it is heard whenever that resource is asked for.</summary>
    /// <param name="resourceArn">A topic's or key's ARN.</param>
    /// <param name="policy">Its policy, in place of the one before.</param>
    public void Attach(string resourceArn, ResourcePolicy policy) => attached[resourceArn] = policy;

    /// <summary>Lets an allowed request of an AWS service pass, such as a publish by <c>vpce.amazonaws.com</c>: the resource's policy decides alone.</summary>
    /// <exception cref="AccessDeniedException">The resource has no policy, or one that does not allow it.</exception>
    public void DemandOfService(string service, AccessRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!attached.ContainsKey(request.Resource))
            throw new AccessDeniedException(new(service, "", service, [], ConditionKeys.None), request, explicitDeny: false);
    }

    /// <summary>Lets an allowed request pass.</summary>
    /// <exception cref="AccessDeniedException">The caller's policies do not allow it.</exception>
    public void Demand(Caller caller, AccessRequest request)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Policies is not null)
            throw new AccessDeniedException(caller, request, explicitDeny: issued.Count == 0);
    }
}
