using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>A target group of the stack, as its tags describe it.</summary>
/// <param name="Arn">The target group.</param>
/// <param name="Link">Whose it is.</param>
/// <param name="Database">The database's name within the link: <c>orders-prod</c>, <c>ledger/writer</c>, <c>pg.corp.example</c>.</param>
/// <param name="Host">The name that leads to the database; null for a cluster, whose members RDS names.</param>
/// <param name="Port">The database's port.</param>
/// <param name="AllowedCidrs">Where its addresses may lie beside the VPC's own blocks.</param>
/// <param name="Seen">Where the database was seen last.</param>
/// <param name="Told">What people were told of the group last.</param>
/// <param name="Next">When a run that ran out of time left this group to the next run; null: none did.</param>
/// <param name="KeepsStandby">Whether an instance's standby stays registered.</param>
/// <param name="Places">The network interfaces that the instance was seen at, if so.</param>
public sealed record SyncedGroup(
    string Arn,
    string Link,
    string Database,
    string? Host,
    int Port,
    ImmutableArray<string> AllowedCidrs,
    Sighting? Seen,
    Told? Told,
    DateTimeOffset? Next,
    bool KeepsStandby,
    NotedPlaces? Places)
{
    private const string Writer = "/writer";
    private const string Reader = "/reader";

    /// <summary>When the failover that was followed last was announced; null: none was.</summary>
    public DateTimeOffset? Announced { get; init; }

    /// <summary>What kind of database it serves; names of the four kinds never look alike.</summary>
    public DatabaseKind Kind => Database switch
    {
        _ when Database.EndsWith(Writer, StringComparison.Ordinal) => DatabaseKind.ClusterWriter,
        _ when Database.EndsWith(Reader, StringComparison.Ordinal) => DatabaseKind.ClusterReader,
        _ when Database.Contains('.', StringComparison.Ordinal) => DatabaseKind.Host,
        _ => DatabaseKind.Instance,
    };

    /// <summary>The cluster, for a cluster's groups.</summary>
    public string? Cluster => Kind is DatabaseKind.ClusterWriter or DatabaseKind.ClusterReader ? Database[..^Writer.Length] : null;

    /// <summary>When the failover was announced to which a change at an instant belongs; null: to none that is known.</summary>
    public DateTimeOffset? EventBehind(DateTimeOffset change) => Announced is { } at && at <= change && change - at <= FollowProgress.Longest ? at : null;

    /// <exception cref="GroupTagsException">A tag that a sync needs is missing, or says what it cannot say.</exception>
    public static SyncedGroup Read(string arn, IReadOnlyDictionary<string, string> tags)
    {
        var group = new SyncedGroup(
            arn,
            Required(arn, tags, ResourceTags.Link),
            Required(arn, tags, ResourceTags.Database),
            tags.GetValueOrDefault(ResourceTags.Host),
            ReadPort(arn, tags),
            ReadBlocks(arn, tags),
            Sighting.Read(tags),
            TargetSync.Told.Read(tags.GetValueOrDefault(ResourceTags.Told)),
            Time(tags.GetValueOrDefault(ResourceTags.Next)),
            tags.GetValueOrDefault(ResourceTags.Standby) == "keep",
            NotedPlaces.Read(tags.GetValueOrDefault(ResourceTags.Places)))
        {
            Announced = Time(tags.GetValueOrDefault(ResourceTags.Event)),
        };
        return group.Cluster is null && group.Host is null ? throw new GroupTagsException(arn, ResourceTags.Host, "nothing", "the database's name in DNS") : group;
    }

    internal static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Required(string arn, IReadOnlyDictionary<string, string> tags, string key) =>
        tags.GetValueOrDefault(key) is { Length: > 0 } value ? value : throw new GroupTagsException(arn, key, "nothing", "what provisioning wrote there");

    private static int ReadPort(string arn, IReadOnlyDictionary<string, string> tags)
    {
        var text = Required(arn, tags, ResourceTags.Port);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ListenerPorts.Highest
            ? port
            : throw new GroupTagsException(arn, ResourceTags.Port, $"\"{text}\"", "a port from 1 to 65535");
    }

    private static ImmutableArray<string> ReadBlocks(string arn, IReadOnlyDictionary<string, string> tags)
    {
        ImmutableArray<string> blocks = [.. (tags.GetValueOrDefault(ResourceTags.AllowedCidrs) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return blocks.FirstOrDefault(static block => !Ipv4Block.TryParse(block, out _)) is { } wrong
            ? throw new GroupTagsException(arn, ResourceTags.AllowedCidrs, $"\"{wrong}\"", "IPv4 blocks, separated by spaces")
            : blocks;
    }
}

public sealed class GroupTagsException(string arn, string key, string found, string allowed)
    : RefusedException(
        $"The tag {key} of {arn} says {found}; allowed is {allowed}.",
        "Start an execution of the link's provisioning with its document: it puts the tags right.");
