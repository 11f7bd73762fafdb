using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ServerlessPrivateLink.Tests;

public sealed partial class ResourceNameTests
{
    [Fact]
    public void Names_stay_what_they_are_from_release_to_release()
    {
        Assert.Equal("pl-orders-prod-db-f8eab45d", ResourceName.LoadBalancer("prod-db", "orders"));
        Assert.Equal("pl-orders-orders-prod-5-618d47f9", ResourceName.TargetGroup("prod-db", "orders", "orders-prod", 5432));
    }

    [Fact]
    public void Any_name_is_one_that_elastic_load_balancing_takes() =>
        Prop.ForAll<string, string>(static (one, other) =>
            IsTaken(ResourceName.LoadBalancer(one ?? "", other ?? ""))
            && IsTaken(ResourceName.SecurityGroup(one ?? "", other ?? ""))
            && IsTaken(ResourceName.TargetGroup(one ?? "", other ?? "", one ?? "", 5432)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Names_that_are_cut_alike_still_differ()
    {
        var longName = new string('a', 40);

        Assert.NotEqual(ResourceName.LoadBalancer("stack", longName + "1"), ResourceName.LoadBalancer("stack", longName + "2"));
        Assert.NotEqual(ResourceName.LoadBalancer("a-b", "c"), ResourceName.LoadBalancer("a", "b-c"));
        Assert.NotEqual(ResourceName.TargetGroup("s", "l", "db", 5432), ResourceName.TargetGroup("s", "l", "db", 5433));
        Assert.NotEqual(ResourceName.TargetGroup("s", "l", "ledger/writer", 5432), ResourceName.TargetGroup("s", "l", "ledger-writer", 5432));
    }

    [Theory]
    [InlineData("internal-orders")]
    [InlineData("sg-orders")]
    [InlineData("---")]
    public void A_reserved_beginning_never_comes_first(string link) =>
        Assert.StartsWith("pl-", ResourceName.LoadBalancer("stack", link), StringComparison.Ordinal);

    [Fact]
    public void A_client_token_is_as_long_as_ec2_allows_and_depends_on_what_it_stands_on()
    {
        Assert.Equal(64, ClientToken.For("arn:one", "run").Length);
        Assert.Equal(ClientToken.For("arn:one", "run"), ClientToken.For("arn:one", "run"));
        Assert.NotEqual(ClientToken.For("arn:one", "run"), ClientToken.For("arn:one", "another"));
        Assert.NotEqual(ClientToken.For("arn:one", "run"), ClientToken.For("arn:two", "run"));
    }

    private static bool IsTaken(string name) => Allowed().IsMatch(name) && !name.Contains("--", StringComparison.Ordinal) && ResourceName.MayBeOurs(name);

    [GeneratedRegex("^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Allowed();
}
