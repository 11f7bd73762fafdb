using System.Collections.Immutable;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Tests.Connections;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class ServicePlanTests
{
    private static readonly FoundService Service = new(
        "vpce-svc-1",
        "com.amazonaws.vpce.eu-central-1.vpce-svc-1",
        "Available",
        ["arn:nlb"],
        AcceptanceRequired: true,
        ["eu-central-1"],
        ["eu-central-1a", "eu-central-1b"],
        Samples.Ours);

    [Fact]
    public void The_service_is_found_by_its_load_balancer() => Assert.Equal(Service, Find(Service));

    [Theory]
    [InlineData("Deleting")]
    [InlineData("deleted")]
    public void A_service_that_goes_is_not_there(string state) => Assert.Null(Find(Service with { State = state }));

    [Fact]
    public void Another_load_balancers_service_is_not_it() => Assert.Null(Find(Service with { LoadBalancerArns = ["arn:other"] }));

    [Fact]
    public void A_service_that_others_put_on_the_load_balancer_is_refused() =>
        Assert.Throws<EndpointServiceRefusedException>(() => Find(Service with { Tags = Samples.Foreign }));

    [Fact]
    public void A_service_that_is_right_is_left_alone() => AssertUnchanged(Between([]));

    [Fact]
    public void Foreign_regions_are_opened_and_closed_and_its_own_never()
    {
        var plan = Between(["us-east-1", "eu-west-1"], Service with { SupportedRegions = ["eu-central-1", "eu-west-1", "sa-east-1"] });

        Assert.Equal(["us-east-1"], plan.AddRegions.AsEnumerable());
        Assert.Equal(["sa-east-1"], plan.RemoveRegions.AsEnumerable());
    }

    [Fact]
    public void Acceptance_that_somebody_turned_off_is_required_again() =>
        Assert.True(Between([], Service with { AcceptanceRequired = false }) is { RequireAcceptance: true, ChangesSettings: true });

    [Fact]
    public void Zones_that_the_load_balancer_gained_are_taken_up() =>
        Assert.True(Between([], Service with { Zones = ["eu-central-1a"] }) is { MissingZones: ["eu-central-1b"], ChangesSettings: false });

    [Fact]
    public void Missing_zones_are_waited_for_until_the_limit()
    {
        Assert.True(ServiceZones.AreEnabled("vpce-svc-1", [], 1, 40));
        Assert.False(ServiceZones.AreEnabled("vpce-svc-1", ["eu-central-1b"], 39, 40));
        Assert.Contains("eu-central-1b", Assert.Throws<ServiceZonesNotEnabledException>(() => ServiceZones.AreEnabled("vpce-svc-1", ["eu-central-1b"], 40, 40)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_consumer_is_allowed_and_tagged_with_every_word_of_its_rule()
    {
        var consumer = Samples.Account("111111111111", Acceptance.Ask, 2, "us-east-1", "eu-west-1");
        var rule = consumer.Rule with { Until = new DateOnly(2027, 6, 30) };

        Assert.Equal([consumer], Plan([consumer]).Allow.AsEnumerable());
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ResourceTags.Stack] = "prod",
                [ResourceTags.Link] = "orders",
                [ResourceTags.Accept] = "ask",
                [ResourceTags.MaxConnections] = "2",
                [ResourceTags.Regions] = "us-east-1 eu-west-1",
                [ResourceTags.Until] = "2027-06-30",
                [ResourceTags.Endpoints] = "",
            },
            ConsumerPlan.AllTags(Samples.Us, rule));
    }

    [Fact]
    public void A_consumer_that_is_allowed_and_tagged_is_left_alone()
    {
        var consumer = Samples.Account("111111111111");

        AssertUnchanged(Plan([consumer], Permission(consumer)));
    }

    [Fact]
    public void A_changed_rule_retags_only_what_differs()
    {
        var consumer = Samples.Account("111111111111", most: 2);

        var retagged = Assert.Single(Plan([consumer with { Rule = consumer.Rule with { MaxConnections = null, Accept = Acceptance.Never } }], Permission(consumer)).Tag);

        Assert.Equal("vpce-svc-perm-111111111111", retagged.Key);
        Assert.Equal(new Dictionary<string, string>(StringComparer.Ordinal) { [ResourceTags.Accept] = "never", [ResourceTags.MaxConnections] = "" }, retagged.Value);
    }

    [Fact]
    public void A_permission_that_a_stopped_run_left_without_tags_gets_all_of_them()
    {
        var consumer = Samples.Account("111111111111");

        var tagged = Assert.Single(Plan([consumer], Permission(consumer) with { Tags = ImmutableDictionary<string, string>.Empty }).Tag);

        Assert.Equal(ConsumerPlan.AllTags(Samples.Us, consumer.Rule), tagged.Value);
    }

    [Fact]
    public void A_consumer_that_left_the_document_loses_its_permission_and_its_connections()
    {
        var (stays, left) = (Samples.Account("111111111111"), Samples.Account("222222222222"));

        var plan = Plan([stays], Permission(stays), Permission(left));

        Assert.Equal([left.Principal], plan.Remove.AsEnumerable());
        Assert.Equal(["222222222222"], plan.CutOff.AsEnumerable());
    }

    [Fact]
    public void An_account_with_another_principal_in_the_document_keeps_its_connections()
    {
        var root = Samples.Account("111111111111");
        var role = root with { Principal = "arn:aws:iam::111111111111:role/reader" };

        var plan = Plan([role], Permission(root), Permission(role));

        Assert.Equal([root.Principal], plan.Remove.AsEnumerable());
        Assert.Empty(plan.CutOff);
    }

    [Theory]
    [InlineData("pendingAcceptance", true)]
    [InlineData("Available", true)]
    [InlineData("pending", true)]
    [InlineData("rejected", false)]
    [InlineData("deleted", false)]
    public void Only_connections_that_live_are_rejected(string state, bool rejected)
    {
        var (one, other) = (Requests.Pending(1, "222222222222") with { Phase = ConnectionPhases.Read(state) }, Requests.Established(2, "111111111111"));

        Assert.Equal(rejected ? [one] : [], ConsumerPlan.ToReject(["222222222222"], [one, other]).AsEnumerable());
    }

    private static FoundService? Find(FoundService service) => EndpointServicePlan.Find(Samples.Us, "arn:nlb", [service]);

    private static EndpointServicePlan Between(ImmutableArray<string> regions, FoundService? found = null) =>
        EndpointServicePlan.Between(regions, ["eu-central-1a", "eu-central-1b"], "eu-central-1", found ?? Service);

    private static void AssertUnchanged(EndpointServicePlan plan) => Assert.True(plan is { ChangesSettings: false, MissingZones: [] });

    private static void AssertUnchanged(ConsumerPlan plan) => Assert.True(plan is { Allow: [], Tag: [], Remove: [], CutOff: [] });

    private static ConsumerPlan Plan(ImmutableArray<Consumer> wanted, params FoundPermission[] found) => ConsumerPlan.Between(Samples.Us, wanted, [.. found]);

    private static FoundPermission Permission(Consumer consumer) => new(
        consumer.Principal,
        $"vpce-svc-perm-{consumer.AccountId}",
        ConsumerPlan.AllTags(Samples.Us, consumer.Rule).ToImmutableDictionary(StringComparer.Ordinal));
}
