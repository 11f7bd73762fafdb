namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>What a rule has to say about a link; silence means that all is well.</summary>
public abstract record Finding
{
    private Finding()
    {
    }

    /// <summary>The link cannot be built like this.</summary>
    /// <param name="Code">The kind of reason.</param>
    /// <param name="Path">The field of the link document that it is about.</param>
    /// <param name="Reason">One sentence.</param>
    /// <param name="Remedy">What a person can do about it.</param>
    public sealed record Refusal(RefusalCode Code, string Path, string Reason, string Remedy) : Finding;

    /// <summary>The link is built, and a person should know this.</summary>
    public sealed record Warning(string Text) : Finding;
}

public enum RefusalCode
{
    DatabaseNotFound,
    DatabaseNotAvailable,
    DatabaseInOtherRegion,
    DatabaseInOtherVpc,
    DatabaseWithoutWriter,
    DatabaseWithoutReader,
    StandbyNotKept,
    ConnectErrorsTooFew,
    ListenerPortTaken,
    VpcNotFound,
    SubnetNotFound,
    SubnetInOtherVpc,
    SubnetOfOtherAccount,
    SubnetNotUsable,
    SubnetInUse,
    ZoneTwice,
    ZoneWithoutSubnet,
    SecurityGroupNotFound,
    SecurityGroupOfOtherAccount,
    SecurityGroupNotListed,
    NameTaken,
    LoadBalancerInOtherVpc,
    LoadBalancerWithoutSecurityGroup,
    QuotaPassed,
}
