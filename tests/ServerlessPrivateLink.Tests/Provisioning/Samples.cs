using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Tests.Provisioning;

internal static class Samples
{
    public static readonly Owner Us = new("prod", "orders");

    public static readonly ImmutableDictionary<string, string> Ours = Us.Tags().ToImmutableDictionary(StringComparer.Ordinal);

    public static readonly ImmutableDictionary<string, string> Foreign = new Owner("prod", "ledger").Tags().ToImmutableDictionary(StringComparer.Ordinal);

    public static readonly ImmutableArray<PlannedSubnet> Subnets =
    [
        new("subnet-a", "eu-central-1a", "euc1-az2", "10.0.0.0/24"),
        new("subnet-b", "eu-central-1b", "euc1-az3", "10.0.1.0/24"),
    ];

    public static Exposure Instance(string name = "orders-prod", int port = 5432, params string[] groups) =>
        new(name, DatabaseKind.Instance, [$"{name}.example"], port, port, [.. groups], [], KeepsStandby: false);

    public static Exposure Host(string host, params string[] allowed) => new(host, DatabaseKind.Host, [host], 5432, 5432, [], [.. allowed], KeepsStandby: false);

    public static ExposedTargetGroup Group(string database = "orders-prod", int port = 5432, int listenerPort = 5432, string arn = "arn:tg") => new(database, port, listenerPort, arn);

    public static Consumer Account(string id, Acceptance accept = Acceptance.Auto, int? most = null, params string[] regions) =>
        new($"arn:aws:iam::{id}:root", id, new(accept, most, [.. regions], null, []));
}
