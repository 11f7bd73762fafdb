using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

/// <summary>An account in which a link of one Multi-AZ PostgreSQL instance in three zones is allowed without a word; tests spoil one thing of it.</summary>
internal static class Account
{
    public const string Id = "123456789012";
    public const string Other = "999988887777";
    public const string VpcId = "vpc-0a1";
    public const string Region = "eu-central-1";

    public static StackSettings Stack { get; } = new("data", Id, Region, "aws", VpcId, ["subnet-app-a", "subnet-app-b"], "arn:alerts", "arn:connections");

    public static Consumer Consumer { get; } = new("arn:aws:iam::133737826969:root", "133737826969", new(Acceptance.Auto, null, [], null, []));

    public static Link Link { get; } = new("orders", [Instance("orders-prod")], [Consumer], Ingress.SecurityGroup, [], Removal.Cut, OnFailure.Keep, TimeSpan.Zero);

    public static FoundDatabase.Rds Postgres { get; } = new(
        $"arn:aws:rds:{Region}:{Id}:db:orders-prod", "postgres", "available", 5432, VpcId,
        [new("subnet-db-a", "eu-central-1a"), new("subnet-db-b", "eu-central-1b"), new("subnet-db-c", "eu-central-1c")],
        ["sg-orders"],
        [new("orders-prod", "available", "orders-prod.abc.eu-central-1.rds.amazonaws.com", IsWriter: true, IsPublic: false, Parameters: null)],
        MemberOf: null,
        ClusterParameters: null,
        HasStandby: true);

    public static FoundDatabase.Rds Aurora { get; } = Postgres with
    {
        Arn = $"arn:aws:rds:{Region}:{Id}:cluster:ledger",
        Engine = "aurora-postgresql",
        Instances =
        [
            new("ledger-2", "available", "ledger-2.abc", IsWriter: false, IsPublic: false, Parameters: null),
            new("ledger-1", "available", "ledger-1.abc", IsWriter: true, IsPublic: false, Parameters: null),
            new("ledger-3", "available", "ledger-3.abc", IsWriter: false, IsPublic: false, Parameters: null),
        ],
    };

    public static AccountFacts Facts { get; } = new(
        new FoundVpc(VpcId, ["10.0.0.0/16"]),
        [Postgres],
        [
            Subnet("subnet-db-a", "a", 100), Subnet("subnet-db-b", "b", 100), Subnet("subnet-db-c", "c", 100),
            Subnet("subnet-app-a", "a", 200), Subnet("subnet-app-b", "b", 200),
        ],
        [],
        [new("sg-orders", Id, [])],
        StandingLink.None,
        new(ImmutableDictionary<string, int>.Empty.Add("network-load-balancers", 50).Add("target-groups", 3000).Add("listeners-per-network-load-balancer", 50)
            .Add("targets-per-availability-zone-per-network-load-balancer", 500), 0, 0),
        ["eu-central-1", "eu-west-1", "us-east-1"]);

    public static StandingBalancer Balancer(string name, bool isOurs = true, params string[] subnetIds) => new(name, isOurs, [.. subnetIds], VpcId, HasSecurityGroup: true, []);

    public static Database Instance(string name) => new(DatabaseKind.Instance, name, null, null, [], IgnoreConnectErrors: false, KeepsStandby: false);

    public static Database Cluster(string name, DatabaseKind kind) => new(kind, name, null, null, [], IgnoreConnectErrors: false, KeepsStandby: false);

    public static Database Host(string name, int port) => new(DatabaseKind.Host, name, port, null, [], IgnoreConnectErrors: false, KeepsStandby: false);

    public static FoundSubnet Subnet(string id, string zone, int free) =>
        new(id, VpcId, Id, $"eu-central-1{zone}", $"euc1-az-{zone}", $"10.0.{id.Sum(letter => letter) % 250}.0/24", free, InternetGatewayId: null);

    public static AccountFacts With(this AccountFacts facts, string subnetId, Func<FoundSubnet, FoundSubnet> change) =>
        facts with { Subnets = [.. facts.Subnets.Select(subnet => subnet.SubnetId == subnetId ? change(subnet) : subnet)] };

    public static LinkDecision Decide(AccountFacts facts, Link? link = null) => LinkDecision.Of(link ?? Link, facts, Stack);
}
