using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Connections;

namespace ServerlessPrivateLink.Release;

public sealed record EndConnectionsInput(string Link, bool Force, string MadeBy);

/// <param name="Rejected">The endpoints that were rejected.</param>
public sealed record EndConnectionsOutput(ImmutableArray<string> Rejected);

/// <summary>While somebody is connected or waits to be, a link stays, unless the release is forced: then they are rejected, and people are told of each.</summary>
public sealed class EndConnections(IAmazonEC2 ec2, LinkReview review, StackSettings settings, TimeProvider clock)
{
    private const string Reason = "The link is released, and that was forced.";

    [LambdaFunction]
    public async Task<EndConnectionsOutput> Handle(EndConnectionsInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var services = (await ec2.EndpointServicesOfAsync(new(settings.Stack, input.Link, input.MadeBy), deadline.Token))
            .Where(static service => service.ServiceState != ServiceState.Deleting)
            .Select(service => new LinkService(service.ServiceId, new(settings.Stack, input.Link)))
            .ToImmutableArray();
        var connections = await ec2.ConnectionsOfAsync(services, settings.Region, deadline.Token);
        var live = connections.SelectMany(static some => some).Where(static connection => connection.IsLive).ToImmutableArray();
        if (!input.Force && !live.IsEmpty) throw new LinkInUseException(input.Link, live);

        foreach (var service in services) await RejectAsync(service, [.. connections[service.Id]], context.AwsRequestId, deadline.Token);
        return new([.. live.Select(static connection => connection.EndpointId)]);
    }

    // Those that a run which died has rejected are among them: what it could not tell is told now.
    private async Task RejectAsync(LinkService service, ImmutableArray<Connection> connections, string run, CancellationToken token)
    {
        ImmutableArray<Decision> decisions =
            [.. connections.Select(static connection => new Decision(connection, connection.IsLive ? Verdict.Reject : Verdict.Nothing, ReviewRule.Released, Reason))];
        if (await review.CarryOutAsync(service, decisions, run, token) is [var trouble, ..])
            throw new AwsBusyException(nameof(ec2.RejectVpcEndpointConnectionsAsync), trouble);
    }
}

/// <summary>Nobody is disconnected by a release that was not forced.</summary>
public sealed class LinkInUseException(string link, ImmutableArray<Connection> live)
    : RefusedException(
        $"The link {link} is in use: {string.Join(", ", live.Select(static one => $"{one.EndpointId} of the account {one.Owner} {(one.Phase is ConnectionPhase.Pending ? "waits to be accepted" : "is connected")}"))}. Nothing was removed.",
        $"Let the consumers delete their endpoints, or reject them, then start the execution again with the same input; {{\"name\": \"{link}\", \"force\": true}} rejects them all.");
