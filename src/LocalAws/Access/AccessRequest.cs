namespace LocalAws.Access;

/// <summary>What a policy is asked: may the caller do this to that.</summary>
/// <param name="Action">Such as <c>ec2:CreateTags</c>.</param>
/// <param name="Resource">The ARN, or <c>*</c> for actions without resource-level permissions.</param>
/// <param name="Keys">The condition context.</param>
public sealed record AccessRequest(string Action, string Resource, ConditionKeys Keys);

/// <summary>The policies of the caller do not allow a request.</summary>
/// <param name="caller">Who asked.</param>
/// <param name="request">For what.</param>
/// <param name="explicitDeny">Whether a Deny statement matched, rather than no Allow.</param>
public sealed class AccessDeniedException(Caller caller, AccessRequest request, bool explicitDeny)
    : Exception($"User: {caller.Arn} is not authorized to perform: {request.Action} on resource: {request.Resource} "
        + (explicitDeny ? "with an explicit deny in an identity-based policy" : $"because no identity-based policy allows the {request.Action} action"))
{
    /// <summary>What was asked.</summary>
    public AccessRequest Request { get; } = request;
}
