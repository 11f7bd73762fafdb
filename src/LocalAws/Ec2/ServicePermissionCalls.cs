using System.Collections.Immutable;
using System.Text.RegularExpressions;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Who may ask for connections to a service.</summary>
internal sealed partial class ServicePermissionCalls(Ec2State ec2)
{
    private const int LargestPage = 1000;
    private const int SmallestPage = 5;

    private static readonly Filters<ServicePermission> Filters = new(static permission => permission.Tags)
    {
        { "principal", static permission => permission.Principal },
        { "principal-type", static permission => permission.PrincipalType },
    };

    public IEnumerable<Operation> All =>
    [
        Operation.Writes("ModifyVpcEndpointServicePermissions", Modify),
        Operation.Reads("DescribeVpcEndpointServicePermissions", Describe),
    ];

    private Answer Modify(ApiCall call)
    {
        var service = Service(call);
        var added = call.Form.Texts("AddAllowedPrincipals");
        var removed = call.Form.Texts("RemoveAllowedPrincipals");
        foreach (var principal in added.Concat(removed))
            TypeOf(principal);
        if (added.FirstOrDefault(ec2.Services.Strangers.Contains) is { } stranger)
            throw new AwsErrorException("InvalidPrincipal", $"Invalid Principal: '{stranger}'");
        var present = Of(service);
        foreach (var permission in present.Where(permission => removed.Contains(permission.Principal, StringComparer.Ordinal)))
            ec2.Remove(permission.Id);
        ImmutableArray<ServicePermission> made =
        [
            .. added.Distinct(StringComparer.Ordinal)
                .Where(principal => !Of(service).Any(permission => permission.Principal == principal))
                .Select(principal => ec2.AddNew(new ServicePermission(ec2.Cloud.Chance.Id("vpce-svc-perm"), service, principal, TypeOf(principal)))),
        ];
        return Answer.Of(
            Xml.List("addedPrincipalSet", "item", made, permission =>
            [
                Xml.Of("principalType", permission.PrincipalType),
                Xml.Of("principal", permission.Principal),
                Xml.Of("servicePermissionId", permission.Id),
                Xml.Of("serviceId", service.Id),
            ]),
            Xml.Of("return", true));
    }

    private Answer Describe(ApiCall call)
    {
        var service = Service(call);
        var size = call.Form.Number("MaxResults") ?? LargestPage;
        if (size < SmallestPage)
            throw new AwsErrorException("InvalidParameterValue", $"Value ( {size} ) for parameter maxResults is invalid. Expecting a value greater than {SmallestPage}.");
        var page = Page.Of(Filters.Apply(Of(service).Where(permission => permission.ShownFrom <= ec2.Now), call.Form), Math.Min(size, LargestPage), call.Form.Text("NextToken"), () => new("InvalidNextToken", "The token 'NextToken' is invalid."));
        return Answer.Of(
            Xml.List("allowedPrincipals", "item", page.Items, permission =>
            [
                Xml.Of("principalType", permission.PrincipalType),
                Xml.Of("principal", permission.Principal),
                Xml.Of("servicePermissionId", permission.Id),
                Ec2Xml.TagSet(permission.Tags),
                Xml.Of("serviceId", service.Id),
            ]),
            Xml.Of("nextToken", page.Next));
    }

    private ImmutableArray<ServicePermission> Of(EndpointService service) => [.. ec2.All<ServicePermission>().Where(permission => permission.Service == service)];

    private EndpointService Service(ApiCall call)
    {
        var id = call.Form.Required("ServiceId");
        call.DemandOn(ec2, "vpc-endpoint-service", id);
        call.StopIfDryRun();
        return ec2.FindShown<EndpointService>(id) is { DeletingSince: null } found
            ? found
            : throw new AwsErrorException("InvalidVpcEndpointServiceId.NotFound", $"The VpcEndpointService Id '{id}' does not exist");
    }

    /// <summary>Principals with a path are not supported (Amazon EC2 API Reference: ModifyVpcEndpointServicePermissions).</summary>
    private static string TypeOf(string principal)
    {
        if (principal == "*")
            return "All";
        var match = Principal().Match(principal);
        if (!match.Success)
            throw new AwsErrorException("InvalidPrincipal", $"Invalid Principal: '{principal}'");
        return match.Groups["kind"].Value switch
        {
            "role" => "Role",
            "user" => "User",
            _ => "Account",
        };
    }

    [GeneratedRegex("^arn:aws[a-z-]*:iam::[0-9]{12}:(root|(?<kind>role|user)/[A-Za-z0-9+=,.@_-]{1,64})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Principal();
}
