namespace ServerlessPrivateLink.Links;

/// <summary>Each listener of a link has a port of its own.</summary>
public static class ListenerPorts
{
    public const int Highest = 65535;

    /// <summary>The nearest free port above <paramref name="wanted"/>, from 1024 again at the top.</summary>
    public static int Free(int wanted, IReadOnlySet<int> taken)
    {
        var port = wanted;
        do
        {
            port = port == Highest ? 1024 : port + 1;
        }
        while (taken.Contains(port));
        return port;
    }
}
