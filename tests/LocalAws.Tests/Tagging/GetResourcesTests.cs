using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.ResourceGroupsTaggingAPI.Model;
using LocalAws.Access;
using LocalAws.Faults;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.Lambda;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Tagging;

public sealed class GetResourcesTests
{
    private readonly ExampleAccount account = new();

    [Fact]
    public void A_fresh_tag_is_heard_of_some_seconds_late()
    {
        var seen = Enumerable.Range(1, 20).Select(DelayOf).ToList();

        Assert.All(seen, seconds => Assert.InRange(seconds, 0.2, 4.2));
        Assert.True(seen.Max() > 2, string.Join(' ', seen));
        Assert.True(seen.Distinct().Count() > 5, string.Join(' ', seen));
    }

    [Fact]
    public void Keys_must_all_be_there_with_any_of_their_values()
    {
        var (a, b, c) = (Group("a", ("k", "1"), ("l", "x")), Group("b", ("k", "2")), Group("c", ("K", "1"), ("m", "")));
        account.Pass(10);

        Assert.Equal([a, b], Find(Filter("k")));
        Assert.Equal([a], Find(Filter("k", "1")));
        Assert.Equal([a, b], Find(Filter("k", "1", "2")));
        Assert.Equal([a], Find(Filter("k", "1", "2"), Filter("l")));
        Assert.Equal([c], Find(Filter("m")));
        Assert.Empty(Find(Filter("k", "1"), Filter("m")));
    }

    [Fact]
    public void A_type_is_the_service_or_the_service_and_the_kind_as_in_the_arn()
    {
        var group = Group("a", ("k", "1"));
        var security = account.MakeSecurityGroup();
        account.Run(() => account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [security], Tags = [new("k", "1")] }));
        var balancer = account.MakeLoadBalancer();
        Tag(balancer.LoadBalancerArn, ("k", "1"));
        account.Pass(10);
        var securityArn = account.Cloud.Ec2.Arn("security-group", security);

        Assert.Equal([group, securityArn, balancer.LoadBalancerArn], Find(Filter("k")));
        Assert.Equal([group], OfType("elasticloadbalancing:targetgroup"));
        Assert.Equal([balancer.LoadBalancerArn], OfType("elasticloadbalancing:loadbalancer"));
        Assert.Equal([group, balancer.LoadBalancerArn], OfType("elasticloadbalancing"));
        Assert.Equal([securityArn], OfType("ec2:security-group"));
        Assert.Empty(OfType("ec2:security"));
        Assert.Empty(OfType("ec2:vpc-endpoint-service"));

        string[] OfType(params string[] types) => Arns(Ask(new() { ResourceTypeFilters = [.. types], TagFilters = [Filter("k")] }));
    }

    [Fact]
    public void Pages_go_on_until_the_token_is_empty()
    {
        var all = Enumerable.Range(0, 7).Select(i => Group($"g{i}", ("k", "1"))).ToList();
        account.Pass(10);
        var (found, sizes, token) = (new List<string>(), new List<int>(), "");
        do
        {
            var page = Ask(new() { TagFilters = [Filter("k")], ResourcesPerPage = 3, PaginationToken = token });
            found.AddRange(Arns(page));
            sizes.Add(page.ResourceTagMappingList.Count);
            token = page.PaginationToken;
        }
        while (token.Length > 0);

        Assert.Equal(all, found);
        Assert.Equal([3, 3, 1], sizes);
    }

    [Fact]
    public void A_page_holds_no_more_tags_than_asked_and_no_resource_is_split()
    {
        foreach (var name in new[] { "a", "b", "c" })
            Group(name, [.. Enumerable.Range(0, 40).Select(i => ($"k{i}", "v"))]);
        account.Pass(10);

        var first = Ask(new() { TagFilters = [Filter("k0")], TagsPerPage = 100 });
        var second = Ask(new() { TagFilters = [Filter("k0")], TagsPerPage = 100, PaginationToken = first.PaginationToken });

        Assert.Equal((2, 1, ""), (first.ResourceTagMappingList.Count, second.ResourceTagMappingList.Count, second.PaginationToken));
        Assert.All(first.ResourceTagMappingList, resource => Assert.Equal(40, resource.Tags.Count));
    }

    [Fact]
    public void What_was_deleted_is_told_of_a_while_longer_and_what_lost_its_tags_only_without_a_filter()
    {
        var (gone, bare) = (Group("gone", ("k", "1")), Group("bare", ("k", "1")));
        account.Pass(10);
        account.Run(() => account.Elb.DeleteTargetGroupAsync(new DeleteTargetGroupRequest { TargetGroupArn = gone }));
        account.Run(() => account.Elb.RemoveTagsAsync(new RemoveTagsRequest { ResourceArns = [bare], TagKeys = ["k"] }));

        Assert.Equal([gone, bare], Find(Filter("k")));
        account.Pass(310);
        Assert.Empty(Find(Filter("k")));
        Assert.Empty(Assert.Single(Ask(new() { ResourceTypeFilters = ["elasticloadbalancing:targetgroup"] }).ResourceTagMappingList).Tags);
    }

    [Fact]
    public void Named_resources_come_alone_and_unknown_ones_are_no_error()
    {
        var (a, _) = (Group("a", ("k", "1")), Group("b", ("k", "1")));
        account.Pass(10);

        Assert.Equal([a], Arns(Ask(new() { ResourceARNList = [a, a + "0"] })));
    }

    [Fact]
    public void What_cannot_be_asked_is_refused()
    {
        Refused(new() { ResourcesPerPage = 101 }, new() { ResourcesPerPage = 0 }, new() { TagsPerPage = 99 }, new() { TagFilters = [new() { Values = ["v"] }] });
        Refused(new() { ResourceTypeFilters = ["a:b:c"] }, new() { ResourceTypeFilters = [":b"] }, new() { PaginationToken = "mine" });
        Refused(new() { ResourceARNList = ["a"], ResourcesPerPage = 3 }, new() { TagFilters = [.. Enumerable.Range(0, 51).Select(i => Filter($"k{i}"))] });

        void Refused(params GetResourcesRequest[] requests) => Assert.All(requests, request => Assert.Throws<InvalidParameterException>(() => Ask(request)));
    }

    [Fact]
    public void A_token_grows_old()
    {
        Group("a", ("k", "1"));
        Group("b", ("k", "1"));
        account.Pass(10);
        var token = Ask(new() { TagFilters = [Filter("k")], ResourcesPerPage = 1 }).PaginationToken;
        account.Pass(16 * 60);

        Assert.Throws<PaginationTokenExpiredException>(() => Ask(new() { TagFilters = [Filter("k")], ResourcesPerPage = 1, PaginationToken = token }));
    }

    [Fact]
    public void It_needs_its_own_permission_and_is_throttled_in_its_own_words()
    {
        var may = account.Cloud.Access.Issue(LambdaWorld.Role("may", LambdaWorld.Allow("tag:GetResources", "*")).Caller, temporary: true);
        var mayNot = account.Cloud.Access.Issue(LambdaWorld.Role("mayNot", LambdaWorld.Allow("tagging:GetResources", "*")).Caller, temporary: true);

        Assert.NotNull(Ask(new(), may).ResourceTagMappingList);
        Assert.Equal("AccessDeniedException", Assert.Throws<AmazonResourceGroupsTaggingAPIException>(() => Ask(new(), mayNot)).ErrorCode);
        account.Cloud.Faults.Plan(FaultKind.Throttle, _ => true);
        Assert.Throws<ThrottledException>(() => Ask(new()));
    }

    private static double DelayOf(int seed)
    {
        var test = new GetResourcesTests(new ExampleAccount(seed));
        test.Group("a", ("k", "1"));
        var tagged = test.account.Cloud.Time.GetUtcNow();
        while (test.Find(Filter("k")).Length == 0)
            test.account.Cloud.Time.Advance(TimeSpan.FromMilliseconds(50));
        return (test.account.Cloud.Time.GetUtcNow() - tagged).TotalSeconds;
    }

    public GetResourcesTests()
    {
    }

    private GetResourcesTests(ExampleAccount account) => this.account = account;

    private static TagFilter Filter(string key, params string[] values) => new() { Key = key, Values = values.Length == 0 ? null : [.. values] };

    private string Group(string name, params (string Key, string Value)[] tags)
    {
        var arn = account.MakeTargetGroup(name).TargetGroupArn;
        Tag(arn, tags);
        return arn;
    }

    private void Tag(string arn, params (string Key, string Value)[] tags) => account.Run(() => account.Elb.AddTagsAsync(new AddTagsRequest
    {
        ResourceArns = [arn],
        Tags = [.. tags.Select(tag => new Amazon.ElasticLoadBalancingV2.Model.Tag { Key = tag.Key, Value = tag.Value })],
    }));

    private string[] Find(params TagFilter[] filters) => Arns(Ask(new() { TagFilters = [.. filters] }));

    private static string[] Arns(GetResourcesResponse answer) => [.. answer.ResourceTagMappingList.Select(found => found.ResourceARN)];

    private GetResourcesResponse Ask(GetResourcesRequest request, IssuedKey? key = null)
    {
        using var client = new AmazonResourceGroupsTaggingAPIClient(LambdaWorld.Credentials(key ?? account.Cloud.Operator), account.Through(new AmazonResourceGroupsTaggingAPIConfig()));
        return account.Run(async () => await client.GetResourcesAsync(request).ConfigureAwait(false));
    }
}
