using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>
/// What the policies say to one request
/// (IAM User Guide, "Policy evaluation logic"; AWS KMS Developer Guide, "Key policies": a key's policy must admit its account before
/// that account's identity policies count).
/// </summary>
/// <param name="Outcome">Whether it passes.</param>
/// <param name="Grants">The permissions of the identity policies that allow it, each of which would do.</param>
/// <param name="ByResource">Whether the resource's policy alone would have let it pass.</param>
internal sealed record Judgement(Outcome Outcome, ImmutableArray<Permission> Grants, bool ByResource)
{
    public static Judgement Of(Caller caller, ImmutableArray<Policy> identity, ResourcePolicy? resource, AccessRequest request)
    {
        if (identity.Any(policy => policy.Statements.Any(statement => statement.Deny && Speaks(statement, request))))
            return new(Outcome.DeniedByIdentity, [], false);
        if (Says(resource, deny: true, request, principal => principal.Names(caller) || principal.NamesAccountOf(caller)))
            return new(Outcome.DeniedByResource, [], false);
        var named = Says(resource, deny: false, request, principal => principal.Names(caller));
        var admitted = named || Says(resource, deny: false, request, principal => principal.NamesAccountOf(caller));
        var own = IsOwn(caller, request.Resource);
        var heard = admitted || (own && !IsKey(request));
        var grants = heard ? Granting(caller, identity, request) : [];
        var byResource = named && own;
        return new(byResource || !grants.IsEmpty ? Outcome.Allowed : heard ? Outcome.NotAllowed : Outcome.NotAdmitted, grants, byResource);
    }

    public static Outcome OfService(string service, ResourcePolicy? resource, AccessRequest request) =>
        Says(resource, deny: true, request, principal => principal.NamesService(service)) ? Outcome.DeniedByResource
        : Says(resource, deny: false, request, principal => principal.NamesService(service)) ? Outcome.Allowed
        : Outcome.NotAdmitted;

    private static ImmutableArray<Permission> Granting(Caller caller, ImmutableArray<Policy> identity, AccessRequest request) =>
    [
        .. from policy in identity
           from statement in policy.Statements
           where !statement.Deny && Speaks(statement, request)
           from action in statement.Actions
           where Matches(action, request)
           select new Permission(caller.Name, policy.Name, statement.Id, action),
    ];

    private static bool Says(ResourcePolicy? resource, bool deny, AccessRequest request, Func<PolicyPrincipal, bool> isMeant) =>
        resource?.Statements.Any(at => at.Statement.Deny == deny && at.Principals.Any(isMeant) && Speaks(at.Statement, request)) == true;

    private static bool Speaks(Statement statement, AccessRequest request) =>
        statement.Actions.Any(action => Matches(action, request))
        && statement.Resources.Any(resource => Covers(resource, request))
        && statement.Conditions.All(condition => Holds(condition, request.Keys));

    private static bool Matches(string action, AccessRequest request) => Wildcard.Matches(action, request.Action, ignoreCase: true);

    private static bool Covers(string resource, AccessRequest request) =>
        resource is "*" || (PolicyVariables.Expand(resource, request.Keys) is { } pattern && ArnPattern.Matches(pattern, request.Resource));

    private static bool Holds(Condition condition, ConditionKeys keys) =>
        ConditionOperator.Read(condition.Operator)!.Holds(
            condition.Values,
            keys.Values.TryGetValue(condition.Key, out var found) ? found : null,
            keys);

    private static bool IsKey(AccessRequest request) => request.Action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) && request.Resource is not "*";

    private static bool IsOwn(Caller caller, string resource) =>
        resource.Split(':', 6) is not [_, _, _, _, { Length: > 0 } account, _] || account == caller.AccountId;
}

/// <summary>Whether a request passes, and whose word it was.</summary>
internal enum Outcome
{
    /// <summary>It passes.</summary>
    Allowed,

    /// <summary>No identity policy allows it.</summary>
    NotAllowed,

    /// <summary>The resource's policy does not let the caller's own policies decide.</summary>
    NotAdmitted,

    /// <summary>An identity policy forbids it.</summary>
    DeniedByIdentity,

    /// <summary>The resource's policy forbids it.</summary>
    DeniedByResource,
}
