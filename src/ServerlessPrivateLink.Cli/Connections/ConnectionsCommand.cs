using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Connections;

namespace ServerlessPrivateLink.Cli.Connections;

/// <summary><c>privatelink connections</c>: shows the connections of a link, by the eyes of the review.</summary>
internal static class ConnectionsCommand
{
    private static readonly ImmutableArray<string> Titles = ["ENDPOINT", "OWNER", "REGION", "STATE", "DECISION", "RULE", "REQUESTED"];

    public static async Task<int> RunAsync(StackSession session, string link, bool json, Screen screen, TimeProvider clock, CancellationToken stop)
    {
        var found = new LinkConnections(link, await ReadAsync(session, link, clock, stop));
        if (json)
            await screen.Output.WriteLineAsync(ReportJson.Write(found));
        else
            Write(screen.Output, found);
        return ExitCode.Done;
    }

    /// <exception cref="UnknownNameException">The stack has no such link.</exception>
    public static async Task<ImmutableArray<ShownConnection>> ReadAsync(StackSession session, string link, TimeProvider clock, CancellationToken stop)
    {
        var (ec2, stack) = (session.Aws.Ec2, session.Stack);
        var all = await ec2.ServicesOfAsync(stack.Name, stop);
        ImmutableArray<LinkService> services = [.. all.Where(service => service.Link.Link == link)];
        if (services.IsEmpty)
            throw new UnknownNameException("LINK", link, $"a link of the stack {stack.Name} with an endpoint service", all.Select(static service => service.Link.Link));
        var connections = await ec2.ConnectionsOfAsync(services, stack.Region, stop);
        var shown = ImmutableArray.CreateBuilder<ShownConnection>();
        foreach (var service in services)
        {
            var review = new ConnectionReview(stack.Region, await ec2.RulesAsync(service, stop), [.. connections[service.Id]], DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
            shown.AddRange(review.Decide().OrderBy(static decision => decision.Connection.CreatedAt).ThenBy(static decision => decision.Connection.EndpointId, StringComparer.Ordinal).Select(Show));
        }

        return shown.ToImmutable();
    }

    /// <summary>One line for each connection, and below it why.</summary>
    public static void Write(TextWriter to, LinkConnections found)
    {
        if (found.Connections.IsEmpty)
        {
            to.WriteLine($"Nobody is connected to {found.Link}, and nobody asks to be.");
            return;
        }

        var lines = Columns.Lines([Titles, .. found.Connections.Select(Cells)]);
        to.WriteLine(lines[0]);
        foreach (var (connection, line) in found.Connections.Zip(lines.Skip(1)))
        {
            to.WriteLine(line);
            to.WriteLine($"  {connection.Why}");
            if (connection.Override is { } said)
                to.WriteLine($"  Override: {said}");
        }
    }

    private static ShownConnection Show(Decision decision)
    {
        var connection = decision.Connection;
        // What has ended was decided before: its notes say how.
        var noted = connection.IsLive ? null : connection.Notes.Decided;
        return new(
            connection.EndpointId,
            connection.Owner,
            connection.Region,
            connection.Phase.ToString(),
            (noted?.Verdict ?? decision.Verdict).ToString(),
            (noted?.Rule ?? decision.Rule).ToString(),
            decision.Reason,
            connection.Notes.Override,
            connection.CreatedAt);
    }

    private static ImmutableArray<string> Cells(ShownConnection one) =>
        [one.Endpoint, one.Owner, one.Region, one.State, one.Decision, one.Rule, one.RequestedAt.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)];
}
