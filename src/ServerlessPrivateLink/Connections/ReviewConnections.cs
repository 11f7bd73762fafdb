using System.Collections.Immutable;
using System.Text.Json;
using Amazon.EC2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Connections;

/// <param name="Links">How many links were reviewed.</param>
/// <param name="Connections">How many connections they have.</param>
/// <param name="Accepted">Endpoints that were accepted.</param>
/// <param name="Flagged">Endpoints that a person is to look at, told now or before.</param>
/// <param name="Rejected">Endpoints that were rejected.</param>
public sealed record ReviewConnectionsOutput(
    int Links,
    int Connections,
    ImmutableArray<string> Accepted,
    ImmutableArray<string> Flagged,
    ImmutableArray<string> Rejected);

/// <summary>Answers endpoint connections by the rules of their links: on every event, and on a schedule for the events that are lost.</summary>
public sealed partial class ReviewConnections(IAmazonEC2 ec2, LinkReview review, StackSettings settings, TimeProvider clock, ILogger<ReviewConnections> log)
{
    [LambdaFunction]
    public async Task<ReviewConnectionsOutput> Handle(JsonElement happened, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var beginning = Beginning(happened);
        LogWoken(log, beginning);
        var services = WakeUpCall.Read(happened).Choose(await ec2.ServicesOfAsync(settings.Stack, deadline.Token));
        var connections = await ec2.ConnectionsOfAsync(services, settings.Region, deadline.Token);
        var reviewed = ImmutableArray.CreateBuilder<ReviewedLink>();
        foreach (var service in services) reviewed.Add(await ReviewAsync(service, [.. connections[service.Id]], context.AwsRequestId, deadline.Token));

        ReviewIncompleteException.ThrowIf(reviewed.ToImmutable());
        ImmutableArray<Decision> decisions = [.. reviewed.SelectMany(static link => link.Decisions)];
        return new(reviewed.Count, decisions.Length, Endpoints(decisions, Verdict.Accept), Endpoints(decisions, Verdict.Flag), Endpoints(decisions, Verdict.Reject));
    }

    // One link's trouble is not another's.
    private async Task<ReviewedLink> ReviewAsync(LinkService service, ImmutableArray<Connection> connections, string run, CancellationToken token)
    {
        try
        {
            return await review.ReviewAsync(service, connections, run, token);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            LogFailed(log, service.Link.Link, failure);
            return new(service.Link.Link, [], [failure is RefusedException refused ? refused.Reason : failure.GetType().Name]);
        }
    }

    private static ImmutableArray<string> Endpoints(ImmutableArray<Decision> decisions, Verdict verdict) =>
        [.. decisions.Where(decision => decision.Verdict == verdict).Select(static decision => decision.Connection.EndpointId)];

    private static string Beginning(JsonElement happened)
    {
        const int enough = 2_000;
        var text = happened.ValueKind is JsonValueKind.Undefined ? "" : happened.GetRawText();
        return text.Length <= enough ? text : text[..enough];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Woken by {Happened}")]
    private static partial void LogWoken(ILogger logger, string happened);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connections of {Link} could not be reviewed")]
    private static partial void LogFailed(ILogger logger, string link, Exception failure);
}

/// <summary>Makes the run a function error, after all that could be done was done.</summary>
public sealed class ReviewIncompleteException(ImmutableArray<string> troubles)
    : RefusedException(
        $"Connections could not be answered: {string.Join("; ", troubles)}.",
        "The next review tries again within five minutes. If this lasts, look at the log of ReviewConnections.")
{
    public static void ThrowIf(ImmutableArray<ReviewedLink> links)
    {
        ImmutableArray<string> troubles = [.. links.SelectMany(static link => link.Troubles.Select(trouble => $"{link.Link}: {trouble}"))];
        if (!troubles.IsEmpty) throw new ReviewIncompleteException(troubles);
    }
}
