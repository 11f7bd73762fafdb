using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Connections;

/// <summary>Answers connections, and notes on them what is to be remembered.</summary>
internal static class ConnectionWrites
{
    /// <summary>What could not be done.</summary>
    public static async Task<ImmutableArray<UnsuccessfulItem>> AnswerAsync(this IAmazonEC2 ec2, LinkService service, Verdict verdict, IEnumerable<string> endpoints, CancellationToken token)
    {
        List<string> ids = [.. endpoints];
        var unsuccessful = verdict is Verdict.Accept
            ? (await ec2.AcceptVpcEndpointConnectionsAsync(new AcceptVpcEndpointConnectionsRequest { ServiceId = service.Id, VpcEndpointIds = ids }, token)).Unsuccessful
            : (await ec2.RejectVpcEndpointConnectionsAsync(new RejectVpcEndpointConnectionsRequest { ServiceId = service.Id, VpcEndpointIds = ids }, token)).Unsuccessful;
        return [.. unsuccessful ?? []];
    }

    /// <summary>Writes one note on connections of a link.</summary>
    public static Task NoteAsync(this IAmazonEC2 ec2, Owner link, ImmutableArray<Connection> connections, string key, ConnectionNote note, CancellationToken token) =>
        ec2.NoteAsync(link, connections, [(key, note.Text)], token);

    /// <summary>Writes notes on connections of a link. Whose a connection is can be said once, so it is said with the first.</summary>
    public static async Task NoteAsync(this IAmazonEC2 ec2, Owner link, ImmutableArray<Connection> connections, ImmutableArray<(string Key, string Value)> notes, CancellationToken token)
    {
        var bare = notes.ToImmutableSortedDictionary(static note => note.Key, static note => note.Value, StringComparer.Ordinal);
        var (owned, unowned) = (connections.Where(static connection => connection.Notes.Owner).ToArray(), connections.Where(static connection => !connection.Notes.Owner).ToArray());
        if (owned.Length > 0) await ec2.TagAsync(owned, bare, token);
        if (unowned.Length == 0 || await ec2.TryTagAsync(unowned, link.Tags(notes.AsSpan()), token)) return;

        // Another run has said since whose one of them is.
        foreach (var one in unowned)
        {
            if (!await ec2.TryTagAsync([one], link.Tags(notes.AsSpan()), token)) await ec2.TagAsync([one], bare, token);
        }
    }

    /// <summary>Whether this run, and no other, is to tell people of a connection.</summary>
    public static async Task<bool> ClaimAsync(this IAmazonEC2 ec2, Owner link, Connection connection, TellingClaim claim, CancellationToken token)
    {
        if (connection.Notes.Telling is { } before)
        {
            if (before.Holds(claim.Run, claim.At)) return false;
            await ec2.ReleaseAsync(connection, token);
        }

        (string Key, string Value) note = (ResourceTags.Telling, claim.Text);
        return (!connection.Notes.Owner && await ec2.TryTagAsync([connection], link.Tags([note]), token))
            || await ec2.TryTagAsync([connection], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(note.Key, note.Value), token);
    }

    public static Task ReleaseAsync(this IAmazonEC2 ec2, Connection connection, CancellationToken token) => ec2.ForgetAsync(connection, ResourceTags.Telling, token);

    public static Task ForgetOverrideAsync(this IAmazonEC2 ec2, Connection connection, CancellationToken token) => ec2.ForgetAsync(connection, ResourceTags.Override, token);

    private static async Task ForgetAsync(this IAmazonEC2 ec2, Connection connection, string key, CancellationToken token) =>
        await ec2.DeleteTagsAsync(new DeleteTagsRequest { Resources = [connection.Id], Tags = [new Tag { Key = key }] }, token);

    private static async Task TagAsync(this IAmazonEC2 ec2, IEnumerable<Connection> connections, IReadOnlyDictionary<string, string> tags, CancellationToken token) =>
        await ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [.. connections.Select(static connection => connection.Id)], Tags = tags.ForEc2() }, token);

    // What the role may write depends on the tags that are there: a refusal says that another run was faster.
    private static async Task<bool> TryTagAsync(this IAmazonEC2 ec2, IEnumerable<Connection> connections, IReadOnlyDictionary<string, string> tags, CancellationToken token)
    {
        try
        {
            await ec2.TagAsync(connections, tags, token);
            return true;
        }
        catch (AmazonEC2Exception refusal) when (refusal.ErrorCode is "UnauthorizedOperation")
        {
            return false;
        }
    }
}
