using System.Globalization;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>A listener of the link on a port that its document no longer asks for.</summary>
public sealed record LeftoverListener(string Arn, int Port)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"listener on port {Port}");
}

/// <summary>A target group of the link that its document no longer asks for.</summary>
public sealed record LeftoverTargetGroup(string Arn, string Name)
{
    public override string ToString() => $"target group {Name}";
}

/// <summary>A rule of the link in a database's security group that its document no longer asks for.</summary>
public sealed record LeftoverRule(string RuleId, string GroupId, string Source, int Port)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ingress rule {RuleId} of {GroupId} ({Source}, port {Port})");
}
