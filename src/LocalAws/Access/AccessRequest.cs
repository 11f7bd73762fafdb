namespace LocalAws.Access;

/// <summary>What a policy is asked: may the caller do this to that.</summary>
/// <param name="Action">Such as <c>ec2:CreateTags</c>.</param>
/// <param name="Resource">The ARN, or <c>*</c> for actions without resource-level permissions.</param>
/// <param name="Keys">The condition context.</param>
public sealed record AccessRequest(string Action, string Resource, ConditionKeys Keys);

/// <summary>The policies of the caller, or of the resource, do not allow a request.</summary>
/// <param name="message">In IAM's words.</param>
/// <param name="request">What was asked.</param>
public sealed class AccessDeniedException(string message, AccessRequest request) : Exception(message)
{
    /// <summary>What was asked.</summary>
    public AccessRequest Request { get; } = request;

    /// <summary>As a fault: as if no policy of the caller allowed it.</summary>
    public static AccessDeniedException NotAllowed(Caller caller, AccessRequest request)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Of(caller.Arn, request, Outcome.NotAllowed);
    }

    /// <summary>IAM User Guide, "Troubleshoot access denied error messages".</summary>
    internal static AccessDeniedException Of(string who, AccessRequest request, Outcome outcome) => new(
        $"User: {who} is not authorized to perform: {request.Action} on resource: {request.Resource} " + outcome switch
        {
            Outcome.DeniedByIdentity => "with an explicit deny in an identity-based policy",
            Outcome.DeniedByResource => "with an explicit deny in a resource-based policy",
            Outcome.NotAdmitted => $"because no resource-based policy allows the {request.Action} action",
            _ => $"because no identity-based policy allows the {request.Action} action",
        },
        request);
}
