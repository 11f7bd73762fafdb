using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>What the resolver said of one name: addresses, or why there are none.</summary>
public sealed record HostAnswer(string Host, ImmutableArray<string> Addresses, string Failure, bool Silent = false);

/// <summary>Which answers can be targets. Every bad name is told at once.</summary>
public static class AddressReview
{
    /// <exception cref="AddressesRefusedException">A name has no address that the load balancer may reach.</exception>
    /// <exception cref="ResolverSilentException">Nothing is wrong but that the resolver did not answer.</exception>
    public static ImmutableArray<DatabaseAddresses> Judge(
        ImmutableArray<Exposure> exposures,
        ImmutableArray<string> vpcCidrs,
        ImmutableArray<HostAnswer> answers)
    {
        var byHost = answers.ToImmutableDictionary(static answer => answer.Host, StringComparer.OrdinalIgnoreCase);
        var problems = exposures
            .SelectMany(exposure => exposure.Hosts.Select(host => Problem(exposure, byHost[host], vpcCidrs)))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToImmutableArray();
        if (!problems.IsEmpty) throw new AddressesRefusedException(problems);

        var asked = exposures.SelectMany(static exposure => exposure.Hosts).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        var silent = answers.Where(answer => answer.Silent && asked.Contains(answer.Host)).Select(static answer => answer.Host).ToImmutableArray();
        if (!silent.IsEmpty) throw new ResolverSilentException(silent);

        return [.. exposures.Select(exposure => new DatabaseAddresses(
            exposure.Database,
            [.. exposure.Hosts.SelectMany(host => byHost[host].Addresses).Where(IsIpv4).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))];
    }

    private static string? Problem(Exposure exposure, HostAnswer answer, ImmutableArray<string> vpcCidrs)
    {
        if (answer.Silent) return null;
        if (answer.Failure.Length > 0) return $"{answer.Host}: {answer.Failure}";
        if (answer.Addresses.IsEmpty) return $"{answer.Host}: the answer holds no address";
        var ipv4 = answer.Addresses.Where(IsIpv4).ToImmutableArray();
        if (ipv4.IsEmpty) return $"{answer.Host}: it has IPv6 addresses alone, and links are IPv4";

        var outside = ipv4.Select(address => AddressRule.Reason(address, vpcCidrs, exposure.AllowedCidrs)).OfType<string>().ToImmutableArray();
        return outside.IsEmpty ? null : $"{answer.Host}: {string.Join(", ", outside)}";
    }

    private static bool IsIpv4(string address) => Ipv4Block.TryParseAddress(address, out _);
}

public sealed class AddressesRefusedException(ImmutableArray<string> problems)
    : RefusedException(
        $"Not every database has an address that the load balancer may reach. {string.Join("; ", problems)}.",
        "A public address means that the name does not resolve privately in this VPC: turn the VPC's DNS resolution and DNS host names on. "
        + "For a host outside the VPC list its blocks in \"allowedCidrs\".");

public sealed class ResolverSilentException(ImmutableArray<string> hosts)
    : RefusedException(
        $"The VPC's resolver did not answer for {string.Join(", ", hosts)}.",
        "Check the VPC's DHCP options and the network ACLs of the stack's subnets, then start the execution again with the same document.");
