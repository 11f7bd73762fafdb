using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace ServerlessPrivateLink.Links;

/// <summary>Reads a link document and reports everything that is wrong with it at once.</summary>
public static partial class LinkDocument
{
    /// <summary>What Step Functions takes as the input of an execution ("Quotas for state machine executions").</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The listeners of one load balancer, a quota that AWS does not raise ("Quotas for your Network Load Balancers").</summary>
    public const int MaxListeners = 50;

    private const int LongestName = 20;
    internal const string AName = "1 to 20 lower-case letters, digits and single hyphens, no hyphen first or last";
    private const string SomeDatabases = "an array of at least one database, an object with \"instance\", \"cluster\" or \"host\"";
    private const string SomeConsumers = "an array of at least one consumer, an account id or an object with \"principal\"";
    private const string ASubnet = "subnet id such as \"subnet-0123456789abcdef0\"";
    private const string AWhile = "an ISO 8601 duration from \"PT1M\" to \"P7D\", such as \"PT24H\"";

    // An execution has at most 25,000 events in its history, and each look for a connection takes nine of them.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);
    private static readonly (string Name, string Allowed)[] RequiredFields = [("name", AName), ("databases", SomeDatabases), ("consumers", SomeConsumers)];
    private static readonly string[] Known = ["name", "databases", "consumers", "ingress", "subnetIds", "onRemoval", "onFailure", "awaitConnection"];

    /// <param name="utf8">The document.</param>
    /// <param name="partition">The partition of the stack: consumers' ARNs are of it.</param>
    /// <param name="today">In UTC; an <c>until</c> before it is refused.</param>
    public static LinkReading Read(ReadOnlySpan<byte> utf8, string partition, DateOnly today)
    {
        var complaints = new Complaints();
        if (utf8.Length > MaxBytes)
        {
            RefuseSize(utf8.Length, complaints);
            return new LinkReading(null, complaints.All);
        }

        var link = JsonText.Read(utf8, complaints) is { } root ? Read(root, partition, today, complaints) : null;
        return new LinkReading(complaints.Count == 0 ? link : null, complaints.All);
    }

    /// <summary>Reads no further than the limit, however long the stream is.</summary>
    public static LinkReading Read(Stream utf8, string partition, DateOnly today)
    {
        var buffer = new byte[MaxBytes + 1];
        var length = utf8.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return Read(buffer.AsSpan(0, length), partition, today);
    }

    private static void RefuseSize(int length, Complaints complaints)
    {
        var limit = string.Create(CultureInfo.InvariantCulture, $"at most {MaxBytes:N0} bytes");
        complaints.Add("$", length > MaxBytes + 1 ? string.Create(CultureInfo.InvariantCulture, $"{length:N0} bytes") : $"more than {limit[8..]}",
            limit, "The document is larger than the input that a state machine takes.");
    }

    private static Link? Read(JsonElement root, string partition, DateOnly today, Complaints complaints)
    {
        if (Fields.Of(root, "$", Known, "A link document", complaints) is not { } fields) return null;

        foreach (var (name, allowed) in RequiredFields)
        {
            if (!fields.Has(name)) fields.Missing(name, allowed);
        }

        return new Link(
            Name(fields),
            Databases(fields, complaints),
            Consumers(fields, partition, today, complaints),
            fields.Choice("ingress", Ingress.SecurityGroup, ("securityGroup", Ingress.SecurityGroup), ("subnetCidrs", Ingress.SubnetCidrs)),
            SubnetIds(fields, complaints),
            fields.Choice("onRemoval", Removal.Cut, ("cut", Removal.Cut), ("keep", Removal.Keep)),
            fields.Choice("onFailure", OnFailure.Keep, ("keep", OnFailure.Keep), ("release", OnFailure.Release)),
            AwaitConnection(fields));
    }

    /// <summary>Whether a link may be called so.</summary>
    public static bool IsName(string text) => text.Length <= LongestName && LinkName().IsMatch(text);

    private static TimeSpan AwaitConnection(Fields fields)
    {
        if (fields.Text("awaitConnection", AWhile) is not { } text) return TimeSpan.Zero;
        if (Duration().IsMatch(text) && text[^1] is 'D' or 'H' or 'M' && XmlConvert.ToTimeSpan(text) is var time && time >= TimeSpan.FromMinutes(1) && time <= LongestWait) return time;

        fields.Refuse("awaitConnection", AWhile, "That is no duration in days, hours and minutes within these bounds.");
        return TimeSpan.Zero;
    }

    internal static string Name(Fields fields)
    {
        if (fields.Text("name", AName) is not { } name) return "";
        if (name.Length > LongestName)
            fields.Refuse("name", AName, "The name is too long to stay readable in names of 32 characters, which load balancers have.");
        else if (!LinkName().IsMatch(name))
            fields.Refuse("name", AName, "The name goes into names of AWS resources, which allow no more.");
        return name;
    }

    private static ImmutableArray<Database> Databases(Fields fields, Complaints complaints)
    {
        var entries = new List<(Database Database, string Path)>();
        foreach (var (value, path) in fields.List("databases", SomeDatabases))
        {
            if (DatabaseEntry.Read(value, path, complaints) is { } database) entries.Add((database, path));
        }

        if (fields.Value("databases") is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() > MaxListeners)
        {
            complaints.Add(fields.PathOf("databases"), string.Create(CultureInfo.InvariantCulture, $"{all.GetArrayLength()} databases"),
                string.Create(CultureInfo.InvariantCulture, $"at most {MaxListeners}"), "A load balancer has at most 50 listeners, and no quota raises that; make a second link.");
        }

        CheckTwins(entries, complaints);
        CheckListenerPorts(entries, complaints);
        return [.. entries.Select(entry => entry.Database)];
    }

    private static void CheckTwins(List<(Database Database, string Path)> entries, Complaints complaints)
    {
        var seen = new Dictionary<(DatabaseKind, string, int?), string>();
        foreach (var (database, path) in entries)
        {
            if (!seen.TryAdd((database.Kind, database.Name, database.Port), path))
                complaints.Add(path, $"\"{database.Name}\"", "each database once", $"The same database stands at {seen[(database.Kind, database.Name, database.Port)]}.");
        }
    }

    // An RDS database without a listener port of its own takes its database's port, which only RDS knows: PlanLink checks those.
    private static void CheckListenerPorts(List<(Database Database, string Path)> entries, Complaints complaints)
    {
        var taken = entries.Select(entry => entry.Database.ListenerPort ?? entry.Database.Port).OfType<int>().ToHashSet();
        var owners = new Dictionary<int, string>();
        foreach (var (database, path) in entries)
        {
            if ((database.ListenerPort ?? database.Port) is not { } port || owners.TryAdd(port, path)) continue;

            var free = ListenerPorts.Free(port, taken);
            taken.Add(free);
            complaints.Add(
                $"{path}.listenerPort",
                string.Create(CultureInfo.InvariantCulture, $"{port}"),
                string.Create(CultureInfo.InvariantCulture, $"a port that no other database of the link has; {free} is free"),
                string.Create(CultureInfo.InvariantCulture, $"The listener port {port} is that of {owners[port]}; set \"listenerPort\": {free}."));
        }
    }

    private static ImmutableArray<Consumer> Consumers(Fields fields, string partition, DateOnly today, Complaints complaints)
    {
        var entries = new List<(Consumer Consumer, string Path)>();
        foreach (var (value, path) in fields.List("consumers", SomeConsumers))
        {
            if (ConsumerEntry.Read(value, path, partition, today, complaints) is not { } consumer) continue;

            var twin = entries.Find(entry => entry.Consumer.Principal == consumer.Principal);
            var sibling = entries.Find(entry => entry.Consumer.AccountId == consumer.AccountId);
            if (twin.Consumer is not null)
                complaints.Add(path, $"\"{consumer.Principal}\"", "each principal once", $"The same principal stands at {twin.Path}.");
            else if (sibling.Consumer is not null && ConsumerEntry.Differences(sibling.Consumer.Rule, consumer.Rule) is { IsEmpty: false } differences)
                complaints.Add(path, $"another {string.Join(" and ", differences.Select(name => $"\"{name}\""))}", $"the rule of {sibling.Path}",
                    $"A connection shows its account but not its role, so all consumers of account {consumer.AccountId} need the same rule as {sibling.Path}.");
            else
                entries.Add((consumer, path));
        }

        return [.. entries.Select(entry => entry.Consumer)];
    }

    private static ImmutableArray<string> SubnetIds(Fields fields, Complaints complaints)
    {
        var ids = new List<string>();
        foreach (var (id, path) in fields.Texts("subnetIds", ASubnet))
        {
            if (!SubnetId().IsMatch(id)) complaints.Add(path, $"\"{id}\"", ASubnet, "That is no id of a subnet.");
            else if (ids.Contains(id)) complaints.Add(path, $"\"{id}\"", "each subnet once", "The subnet stands twice.");
            else ids.Add(id);
        }

        return [.. ids];
    }

    [GeneratedRegex(@"\A[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex LinkName();

    [GeneratedRegex(@"\Asubnet-[0-9a-f]{8,17}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SubnetId();

    [GeneratedRegex(@"\AP(?:[0-9]{1,3}D)?(?:T(?:[0-9]{1,5}H)?(?:[0-9]{1,5}M)?)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Duration();
}
