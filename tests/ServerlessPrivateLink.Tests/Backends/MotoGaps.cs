using System.Collections.Specialized;
using System.Web;
using System.Xml.Linq;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>Something that moto does not imitate, or not as AWS does.</summary>
/// <param name="What">What it lacks.</param>
/// <param name="Remedy">What is done about it here: in this backend alone, never in the product.</param>
internal sealed record MotoGap(string What, string Remedy);

/// <summary>What moto 5.2.1 lacks for provisioning, and stand-ins for the operations that it does not know.</summary>
internal sealed class MotoGaps
{
    public static readonly IReadOnlyList<MotoGap> All =
    [
        new("Connection notifications cannot be created, described or deleted.", "They are answered here; one notification is remembered per service."),
        new("DescribeVpcEndpointConnections is not implemented, nor is anything else of endpoint connections.", "It is answered with an empty list here, so nothing of connections is judged there."),
        new("The principals of an endpoint service have neither id nor tags.", "Ids are given here and their tags are remembered here."),
        new("DescribeLoadBalancers does not tell EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic.", "What SetSecurityGroups said last is remembered here."),
        new("New targets are healthy at once, a load balancer active at once.", "Nothing; the waits are not judged there."),
        new("ARNs of Network Load Balancers say app/ where AWS says net/.", "Nothing; no ARN is taken apart."),
        new("Filters on endpoint service configurations are ignored.", "Nothing; there is one service in the account."),
        new("ModifyVpcEndpointServicePermissions answers without AddedPrincipals.", "Nothing; the function then lists the principals, as it must."),
    ];

    private const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private const string Enforcement = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";
    private const string PermissionPrefix = "vpce-svc-perm-";

    private readonly List<XElement> notifications = [];
    private readonly List<string> principals = [];
    private readonly Dictionary<string, string> enforcement = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, string>> tags = new(StringComparer.Ordinal);

    /// <summary>Answers a request, with moto's help where it has any.</summary>
    public HttpResponseMessage Answer(string body, Func<HttpResponseMessage> moto)
    {
        var form = HttpUtility.ParseQueryString(body);
        return form["Action"] switch
        {
            "CreateVpcEndpointConnectionNotification" => Answer("CreateVpcEndpointConnectionNotification", Create(form)),
            "DescribeVpcEndpointConnectionNotifications" => Answer("DescribeVpcEndpointConnectionNotifications", new XElement("connectionNotificationSet", notifications)),
            "DeleteVpcEndpointConnectionNotifications" => Answer("DeleteVpcEndpointConnectionNotifications", Delete(form)),
            "DescribeVpcEndpointConnections" => Answer("DescribeVpcEndpointConnections", new XElement("vpcEndpointConnectionSet")),
            "DescribeVpcEndpointServicePermissions" => Answer("DescribeVpcEndpointServicePermissions", Permissions(moto)),
            "CreateTags" when form["ResourceId.1"]!.StartsWith(PermissionPrefix, StringComparison.Ordinal) => Answer("CreateTags", Tag(form)),
            "SetSecurityGroups" => Enforce(form, moto),
            "DescribeLoadBalancers" => WithEnforcement(moto),
            _ => moto(),
        };
    }

    private XElement Permissions(Func<HttpResponseMessage> moto)
    {
        var found = Read(moto()).Descendants().Where(static element => element.Name.LocalName == "principal").Select(static element => element.Value).ToList();
        // A principal that is allowed again is a new permission.
        foreach (var gone in principals.Except(found, StringComparer.Ordinal).ToList())
            tags.Remove(IdOf(gone));
        principals.AddRange(found.Except(principals, StringComparer.Ordinal));
        return new XElement("allowedPrincipals", found.Select(principal => new XElement(
            "item",
            new XElement("principal", principal),
            new XElement("principalType", "Account"),
            new XElement("servicePermissionId", IdOf(principal)),
            new XElement("tagSet", tags.GetValueOrDefault(IdOf(principal), []).Select(static tag => new XElement("item", new XElement("key", tag.Key), new XElement("value", tag.Value)))))));
    }

    private HttpResponseMessage Enforce(NameValueCollection form, Func<HttpResponseMessage> moto)
    {
        if (form[Enforcement] is { } enforced)
            enforcement[form["LoadBalancerArn"]!] = enforced;
        return moto();
    }

    private HttpResponseMessage WithEnforcement(Func<HttpResponseMessage> moto)
    {
        var sent = moto();
        if (enforcement.Count == 0 || !sent.IsSuccessStatusCode)
            return sent;
        var answer = Read(sent);
        foreach (var arn in answer.Descendants().Where(element => element.Name.LocalName == "LoadBalancerArn" && enforcement.ContainsKey(element.Value)).ToList())
            arn.AddAfterSelf(new XElement(arn.Name.Namespace + Enforcement, enforcement[arn.Value]));
        return RemoteDoor.Xml(answer.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement Read(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return XElement.Parse(reader.ReadToEnd());
    }

    private string IdOf(string principal) => $"{PermissionPrefix}{principals.IndexOf(principal):x17}";

    private XElement Tag(NameValueCollection form)
    {
        var standing = tags.TryGetValue(form["ResourceId.1"]!, out var known) ? known : tags[form["ResourceId.1"]!] = new(StringComparer.Ordinal);
        for (var at = 1; form[$"Tag.{at}.Key"] is { } key; at++)
            standing[key] = form[$"Tag.{at}.Value"] ?? "";
        return new XElement("return", true);
    }

    private XElement Create(NameValueCollection form)
    {
        var events = form.AllKeys.Where(static key => key!.StartsWith("ConnectionEvents.", StringComparison.Ordinal)).Select(key => new XElement("item", form[key]));
        object[] members =
        [
            new XElement("connectionNotificationId", $"vpce-nfn-{notifications.Count + 1:x17}"),
            new XElement("serviceId", form["ServiceId"]),
            new XElement("connectionNotificationType", "Topic"),
            new XElement("connectionNotificationArn", form["ConnectionNotificationArn"]),
            new XElement("connectionEvents", events),
            new XElement("connectionNotificationState", "Enabled"),
        ];
        notifications.Add(new XElement("item", members));
        return new XElement("connectionNotification", members);
    }

    private XElement Delete(NameValueCollection form)
    {
        notifications.RemoveAll(one => one.Elements().First(static member => member.Name.LocalName == "connectionNotificationId").Value == form["ConnectionNotificationId.1"]);
        return new XElement("unsuccessful");
    }

    private static HttpResponseMessage Answer(string operation, XElement content)
    {
        var answer = new XElement($"{operation}Response", new XElement("requestId", "00000000-0000-0000-0000-000000000000"), content);
        foreach (var element in answer.DescendantsAndSelf()) element.Name = XName.Get(element.Name.LocalName, Namespace);
        return RemoteDoor.Xml(answer.ToString(SaveOptions.DisableFormatting));
    }
}
