using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Connections;

/// <summary>Writes what is remembered of connections.</summary>
internal static class ConnectionWrites
{
    /// <summary>Writes one note on connections of a link. Whose a connection is can be said once, so it is said with the first.</summary>
    public static async Task NoteAsync(this IAmazonEC2 ec2, Owner link, ImmutableArray<Connection> connections, string key, ConnectionNote note, CancellationToken token)
    {
        foreach (var alike in connections.GroupBy(static connection => connection.Notes.Owner))
        {
            var tags = alike.Key ? ImmutableSortedDictionary<string, string>.Empty.Add(key, note.Text) : link.Tags((key, note.Text));
            await ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [.. alike.Select(static connection => connection.Id)], Tags = tags.ForEc2() }, token);
        }
    }
}
