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
        foreach (var alike in connections.GroupBy(static connection => connection.Notes.Owner))
        {
            var tags = alike.Key ? notes.ToImmutableSortedDictionary(static note => note.Key, static note => note.Value, StringComparer.Ordinal) : link.Tags(notes.AsSpan());
            await ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [.. alike.Select(static connection => connection.Id)], Tags = tags.ForEc2() }, token);
        }
    }

    public static Task ForgetOverrideAsync(this IAmazonEC2 ec2, Connection connection, CancellationToken token) =>
        ec2.DeleteTagsAsync(new DeleteTagsRequest { Resources = [connection.Id], Tags = [new Tag { Key = ResourceTags.Override }] }, token);
}
