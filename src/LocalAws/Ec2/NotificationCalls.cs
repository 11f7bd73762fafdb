using System.Collections.Immutable;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Where events of connections are published.</summary>
internal sealed class NotificationCalls(Ec2State ec2)
{
    private static readonly ImmutableSortedSet<string> Events = ["Accept", "Connect", "Delete", "Reject"];

    public IEnumerable<Operation> All =>
    [
        Notifications.In(ec2),
        Operation.Writes("CreateVpcEndpointConnectionNotification", Create),
        Operation.Writes("DeleteVpcEndpointConnectionNotifications", Delete),
    ];

    private static Listing<ConnectionNotification> Notifications => new(
        "DescribeVpcEndpointConnectionNotifications",
        "connectionNotificationSet",
        "ConnectionNotificationId",
        "InvalidConnectionNotification",
        "connection notification",
        new()
        {
            { "connection-notification-arn", static one => one.TopicArn },
            { "connection-notification-id", static one => one.Id },
            { "connection-notification-state", static _ => "Enabled" },
            { "connection-notification-type", static _ => "Topic" },
            { "service-id", static one => one.Service.Id },
            { "vpc-endpoint-id", static _ => [] },
        },
        Write);

    private Answer Create(ApiCall call)
    {
        var form = call.Form;
        var serviceId = form.Required("ServiceId");
        var topicArn = form.Required("ConnectionNotificationArn");
        var events = form.Texts("ConnectionEvents");
        call.DemandOn(ec2, "vpc-endpoint-service", serviceId);
        call.StopIfDryRun();
        if (ec2.Services.Tokens.Find<ConnectionNotification>(call) is { } same)
            return AnswerOne(same, form.Text("ClientToken"));
        if (ec2.FindShown<EndpointService>(serviceId) is not { DeletingSince: null } service)
            throw new AwsErrorException("InvalidVpcEndpointServiceId.NotFound", $"The VpcEndpointService Id '{serviceId}' does not exist");
        if (events.IsEmpty || events.Any(one => !Events.Contains(one)))
            throw new AwsErrorException("InvalidParameter", $"The connection events must be of {string.Join(", ", Events)}");
        CheckTopic(service, topicArn);
        var made = ec2.AddNew(new ConnectionNotification(ec2.Cloud.Chance.Id("vpce-nfn"), service, topicArn, events));
        ec2.Services.Tokens.Remember(call, made);
        return AnswerOne(made, form.Text("ClientToken"));
    }

    /// <summary>The topic must admit the service that publishes (AWS PrivateLink Guide: "Create an SNS topic").</summary>
    private void CheckTopic(EndpointService service, string topicArn)
    {
        if (ec2.Cloud.Sns.Find(topicArn) is null)
            throw new AwsErrorException("InvalidConnectionNotification", $"The SNS topic {topicArn} does not exist");
        try
        {
            ec2.Cloud.Sns.DemandOfService("vpce.amazonaws.com", ec2.Arn(service.Kind, service.Id), topicArn);
        }
        catch (AccessDeniedException)
        {
            throw new AwsErrorException("InvalidConnectionNotification", $"The policy of the SNS topic {topicArn} does not allow vpce.amazonaws.com to publish to it");
        }
    }

    private Answer Delete(ApiCall call)
    {
        var ids = call.Form.Texts("ConnectionNotificationId");
        if (ids.IsEmpty)
            throw new AwsErrorException("MissingParameter", "The request must contain the parameter ConnectionNotificationId");
        foreach (var service in ids.Select(id => ec2.Find<ConnectionNotification>(id)?.Service.Id ?? "*").Distinct(StringComparer.Ordinal))
            call.DemandOn(ec2, "vpc-endpoint-service", service);
        call.StopIfDryRun();
        var unknown = ids.Where(id => ec2.Find<ConnectionNotification>(id) is null).ToImmutableArray();
        foreach (var id in ids.Except(unknown, StringComparer.Ordinal))
            ec2.Remove(id);
        return Answer.Of(Ec2Xml.Unsuccessful(unknown.Select(id =>
            (id, new AwsErrorException("InvalidConnectionNotification", $"The connection notification '{id}' does not exist")))));
    }

    private static Answer AnswerOne(ConnectionNotification one, string? token) =>
        Answer.Of(Xml.Node("connectionNotification", Write(one)), Xml.Of("clientToken", token));

    private static IEnumerable<XElement?> Write(ConnectionNotification one) =>
    [
        Xml.Of("connectionNotificationId", one.Id),
        Xml.Of("serviceId", one.Service.Id),
        Xml.Of("connectionNotificationType", "Topic"),
        Xml.Of("connectionNotificationArn", one.TopicArn),
        Xml.Texts("connectionEvents", "item", one.Events),
        Xml.Of("connectionNotificationState", "Enabled"),
    ];
}
