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

    /// <summary>On the endpoint service: a fingerprint of what was announced last, written after publishing.</summary>
    public const string Announced = Prefix + "Announced";

    // A consumer's rule, on its own endpoint service permission. An empty value says that the rule has no such limit.
    public const string Accept = Prefix + "Accept";
    public const string MaxConnections = Prefix + "MaxConnections";
    public const string Regions = Prefix + "Regions";
    public const string Until = Prefix + "Until";
}
