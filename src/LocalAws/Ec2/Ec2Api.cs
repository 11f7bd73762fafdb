using System.Net;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Amazon EC2 on the wire, API version 2016-11-15.</summary>
public sealed class Ec2Api(Ec2State ec2) : ServiceApi
{
    /// <inheritdoc/>
    public override string SigningName => "ec2";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new Ec2Protocol("http://ec2.amazonaws.com/doc/2016-11-15/");

    /// <inheritdoc/>
    public override AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("UnauthorizedOperation", "You are not authorized to perform this operation. " + denied.Message, HttpStatusCode.Forbidden);
    }

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("RequestLimitExceeded", "Request limit exceeded.", HttpStatusCode.ServiceUnavailable);

    /// <inheritdoc/>
    public override AwsErrorException Failed() => new("InternalError", "An internal error has occurred", HttpStatusCode.InternalServerError);

    /// <inheritdoc/>
    public override AwsErrorException UnknownKey() => new("AuthFailure", "AWS was not able to validate the provided access credentials", HttpStatusCode.Unauthorized);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        .. new NetworkCalls(ec2).All,
        .. new RouteTableCalls(ec2).All,
        .. new NetworkAclCalls(ec2).All,
        .. new InterfaceCalls(ec2).All,
        .. new ZoneCalls(ec2).All,
        .. new SecurityGroupCalls(ec2).All,
        .. new SecurityGroupRuleCalls(ec2).All,
        .. new TagCalls(ec2).All,
        .. new EndpointServiceCalls(ec2).All,
        .. new ServicePermissionCalls(ec2).All,
        .. new ConnectionCalls(ec2).All,
        .. new NotificationCalls(ec2).All,
        .. new OfferedServiceCalls(ec2).All,
    ];
}
