using System.Collections.Immutable;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Tests.Provisioning;

namespace ServerlessPrivateLink.Tests.Connections;

/// <summary>Connections to the link "orders" of the stack "prod", and the rules of its consumers.</summary>
internal static class Requests
{
    public const string Region = "eu-central-1";
    public const string Named = "133737826969";
    public const string Stranger = "999999999999";

    public static readonly DateOnly Today = new(2026, 11, 21);
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly AcceptanceRule Auto = new(Acceptance.Auto, null, [], null, []);

    public static Connection Pending(int number = 1, string owner = Named) => new(
        $"vpce-con-{number:x17}",
        $"vpce-{number:x17}",
        owner,
        Region,
        ConnectionPhase.Pending,
        Now.AddMinutes(number - 100),
        ConnectionNotes.None);

    public static Connection Established(int number = 1, string owner = Named) => Pending(number, owner) with { Phase = ConnectionPhase.Established };

    public static FoundPermission Permission(AcceptanceRule rule, string owner = Named, string name = "root") => new(
        $"arn:aws:iam::{owner}:{name}",
        $"vpce-svc-perm-{owner}",
        ConsumerPlan.AllTags(Samples.Us, rule).ToImmutableDictionary(StringComparer.Ordinal));

    public static Decision Decide(AcceptanceRule rule, Connection connection, params Connection[] others) =>
        Review(ConsumerRules.Of(Samples.Us, [Permission(rule)]), [connection, .. others]).Decide(connection);

    public static ConnectionReview Review(ConsumerRules rules, params ImmutableArray<Connection> connections) => new(Region, rules, connections, Today);
}
