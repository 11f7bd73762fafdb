namespace ServerlessPrivateLink;

/// <summary>The tags that are this project's only record of what it built, for whom and by which rule.</summary>
public static class ResourceTags
{
    private const string Prefix = "ServerlessPrivateLink:";

    public const string Stack = Prefix + "Stack";
    public const string Link = Prefix + "Link";
    public const string Host = Prefix + "Host";
    public const string Port = Prefix + "Port";
    public const string Database = Prefix + "Database";

    /// <summary>The mark of the execution that made it, where its document says that a failure takes it away again.</summary>
    public const string MadeBy = Prefix + "MadeBy";

    /// <summary>On a listener that such an execution turned: its mark, and the target group that it led to.</summary>
    public const string Before = Prefix + "Before";

    /// <summary>On a host's target group: where its addresses may lie outside the VPC, separated by spaces.</summary>
    public const string AllowedCidrs = Prefix + "AllowedCidrs";

    /// <summary>On an instance's target group: <c>keep</c>, or nothing.</summary>
    public const string Standby = Prefix + "Standby";

    // On a target group, written by its sync: where the database was seen and since when, what people were told last,
    // and that a run which ran out of time left off here.
    public const string Addresses = Prefix + "Addresses";
    public const string Since = Prefix + "Since";
    public const string Told = Prefix + "Told";
    public const string Next = Prefix + "Next";

    /// <summary>On a target group: when RDS announced the failover that was followed last.</summary>
    public const string Event = Prefix + "Event";

    // The same, where a standby is kept: the network interface and the address of the primary, then those of the standby.
    public const string Places = Prefix + "Places";

    /// <summary>On the endpoint service: a fingerprint of what was announced last, written after publishing.</summary>
    public const string Announced = Prefix + "Announced";

    // A consumer's rule, on its own endpoint service permission. An empty value says that the rule has no such limit.
    public const string Accept = Prefix + "Accept";
    public const string MaxConnections = Prefix + "MaxConnections";
    public const string Regions = Prefix + "Regions";
    public const string Until = Prefix + "Until";
    public const string Endpoints = Prefix + "Endpoints";

    // On a connection: what a review or a provisioning run set out to do with it, written before; who let it in against the rules;
    // and which run is telling people of it. Told is on it, too.
    public const string Decided = Prefix + "Decided";
    public const string Override = Prefix + "Override";
    public const string Telling = Prefix + "Telling";
}
