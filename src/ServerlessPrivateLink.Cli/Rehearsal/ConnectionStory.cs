using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Amazon.EC2.Model;
using LocalAws;
using LocalAws.Ec2;
using LocalAws.Sns;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>
/// Consumers of a built link connect, and the deployed template answers them: notification, queue, pipe, event bus, rule and schedule run as it says.
/// The schedule has to run already.
/// </summary>
/// <param name="deployed">The stack, with the link.</param>
/// <param name="source">The link.</param>
/// <param name="start">From when the report counts.</param>
public sealed class ConnectionStory(DeployedStack deployed, LinkSource source, DateTimeOffset start)
{
    private const string FirstStranger = "999999999999";
    private const int Limit = 1;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly ImmutableArray<ConnectionReport>.Builder told = ImmutableArray.CreateBuilder<ConnectionReport>();
    private readonly ImmutableArray<string>.Builder notes = ImmutableArray.CreateBuilder<string>();

    private Cloud Cloud => deployed.Cloud;

    private Link Link => source.Link;

    private DateTimeOffset Now => Cloud.Time.GetUtcNow();

    private EndpointService Service => Cloud.Ec2.All<EndpointService>().First(service => service.Tags[ResourceTags.Link] == Link.Name);

    /// <summary>Tells the whole story, once.</summary>
    /// <returns>Each decision, and what had to be left out or assumed.</returns>
    public (ImmutableArray<ConnectionReport> Connections, ImmutableArray<string> Notes) Tell()
    {
        // The ids of endpoints are drawn, so a consumer that may use certain ones alone cannot be played.
        if (Link.Consumers.FirstOrDefault(static consumer => consumer.Rule is { Accept: Acceptance.Auto, EndpointIds.IsEmpty: true }) is { } guest)
        {
            Meet(guest);
            TellOfStranger();
            TellOf(guest);
        }
        else
        {
            notes.Add("No consumer of the link is accepted automatically with any endpoint: a request that is accepted, one whose notification is lost, one over the limit and a consumer that is taken out are not shown.");
            TellOfStranger();
        }

        return (told.ToImmutable(), notes.ToImmutable());
    }

    private void Meet(Consumer guest) =>
        Watch($"The account {guest.AccountId}, which the link accepts automatically, creates an endpoint.", ConnectionReport.Accept, () => Connect(guest));

    private void TellOfStranger()
    {
        var account = Strangers().First();
        var principal = $"arn:{Cloud.Options.Partition}:iam::{account}:root";
        Modify(new() { ServiceId = Service.Id, AddAllowedPrincipals = [principal] });
        var stranger = Watch(
            $"Somebody allows the account {account} by hand in the console, without a word in the document, and it creates an endpoint.",
            ConnectionReport.Flag,
            () => Cloud.Ec2.Services.Connect(Service.Name, account));
        // A person answers, or provisioning would: it takes away what the document does not name.
        Cloud.Time.Run(() => deployed.Aws.Ec2.RejectVpcEndpointConnectionsAsync(new RejectVpcEndpointConnectionsRequest { ServiceId = Service.Id, VpcEndpointIds = [stranger.EndpointId] }));
        Modify(new() { ServiceId = Service.Id, RemoveAllowedPrincipals = [principal] });
        Cloud.Time.Advance(Between);
    }

    private void TellOf(Consumer guest)
    {
        foreach (var connection in Cloud.Ec2.All<EndpointConnection>().Where(one => one.Service == Service && one.OwnerId == guest.AccountId).ToList())
            Cloud.Ec2.Services.Disconnect(connection);
        Cloud.Time.Advance(Between);
        Cloud.Ec2.Services.IsMute = true;
        var standing = Watch(
            $"The account {guest.AccountId} deletes its endpoint and creates it anew, and the notification gets lost: the schedule answers.",
            ConnectionReport.Accept,
            () => Connect(guest));
        Cloud.Ec2.Services.IsMute = false;
        TellOfLimit(guest);
        TellOfRemoval(guest, standing);
    }

    private void TellOfLimit(Consumer guest)
    {
        var limit = $"The document allows the account {guest.AccountId} one connection";
        if (guest.Rule.MaxConnections is not Limit)
        {
            limit = $"The document is provisioned again with \"maxConnections\": {Text(Limit)} for the account {guest.AccountId}";
            Provision("with-limit", ConsumerEdits.WithLimit(source, guest.AccountId, Limit));
        }

        var second = Watch($"{limit}, and it creates a second endpoint.", ConnectionReport.Flag, () => Connect(guest));
        Cloud.Ec2.Services.Disconnect(second);
        Cloud.Time.Advance(Between);
    }

    private void TellOfRemoval(Consumer guest, EndpointConnection standing)
    {
        var isAlone = Link.Consumers.All(consumer => consumer.AccountId == guest.AccountId);
        var substitute = Strangers().ElementAt(1);
        var isKept = Link.OnRemoval is Removal.Keep;
        Watch(
            $"The document is provisioned again without the account {guest.AccountId}{(isAlone ? $", with {substitute} in its place" : "")}{(isKept ? ", and its \"onRemoval\" keeps what is connected" : "")}.",
            isKept ? ConnectionReport.Flag : ConnectionReport.Reject,
            () =>
            {
                Provision("taken-out", ConsumerEdits.Without(source, guest.AccountId, substitute));
                return standing;
            });
    }

    /// <summary>Lets something happen to a connection, and time pass until people are told of it.</summary>
    private EndpointConnection Watch(string what, string foreseen, Func<EndpointConnection> happen)
    {
        var (began, place) = (Now, Cloud.Sns.Published.Count);
        var connection = happen();
        var given = Now + Longest;
        PublishedMessage? alert;
        do
        {
            Cloud.Time.Advance(Look);
            alert = AlertOf(connection, place);
        }
        while (alert is null && Now < given);

        var answeredAt = connection.AnsweredAt >= began ? connection.AnsweredAt : null;
        var decidedAt = answeredAt ?? alert?.At;
        var decision = (answeredAt, connection.StateAt(Now), alert) switch
        {
            (not null, "rejected", _) => ConnectionReport.Reject,
            (not null, _, _) => ConnectionReport.Accept,
            (_, _, not null) => ConnectionReport.Flag,
            _ => ConnectionReport.None,
        };
        told.Add(new(
            connection.EndpointId,
            connection.OwnerId,
            decision,
            alert is null ? "" : ReasonIn(alert),
            Seconds(connection.CreatedAt),
            decidedAt is { } decided ? Seconds(decided) : null,
            what,
            NotificationOf(connection, decidedAt ?? Now) is { } notification ? Seconds(notification.At) : null,
            decision == foreseen && alert is not null,
            SentAlerts.Of(deployed, start, place)));
        return connection;
    }

    private EndpointConnection Connect(Consumer guest) => Cloud.Ec2.Services.Connect(Service.Name, guest.AccountId, guest.Principal);

    private void Provision(string name, string document)
    {
        var run = deployed.Build($"{Link.Name}-{name}", document, static (_, _) => { });
        if (!run.HasSucceeded)
            notes.Add($"Provisioning with other consumers failed: {run.Error}: {run.Cause}");
    }

    private void Modify(ModifyVpcEndpointServicePermissionsRequest permissions) =>
        Cloud.Time.Run(() => deployed.Aws.Ec2.ModifyVpcEndpointServicePermissionsAsync(permissions));

    private PublishedMessage? AlertOf(EndpointConnection connection, int place) => Cloud.Sns.Published.Skip(place).FirstOrDefault(message =>
        message.TopicArn == deployed.AlertTopicArn && message.Message.Contains(connection.EndpointId, StringComparison.Ordinal));

    private PublishedMessage? NotificationOf(EndpointConnection connection, DateTimeOffset before) => Cloud.Sns.Published.FirstOrDefault(message =>
        message.TopicArn == deployed.ConnectionTopicArn && message.At < before && message.Message.Contains(connection.EndpointId, StringComparison.Ordinal));

    // The alert's first sentence says what became of the endpoint, and the rest why.
    private static string ReasonIn(PublishedMessage alert)
    {
        using var document = JsonDocument.Parse(alert.TextFor("sqs"));
        return document.RootElement.GetProperty("sentence").GetString()!.Split(". ", 2)[^1];
    }

    private IEnumerable<string> Strangers() => Enumerable.Range(0, int.MaxValue)
        .Select(static step => Text(long.Parse(FirstStranger, CultureInfo.InvariantCulture) - step))
        .Where(account => Link.Consumers.All(consumer => consumer.AccountId != account));

    private double Seconds(DateTimeOffset at) => Math.Round((at - start).TotalSeconds, 3);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
