using Amazon;
using Amazon.EC2.Model;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>The switch is one for the whole process, so nothing else may run meanwhile.</summary>
[CollectionDefinition("InitializeCollections", DisableParallelization = true)]
public static class InitializeCollectionsRunsAlone;

[Collection("InitializeCollections")]
public sealed class CollectionsTests : IDisposable
{
    public CollectionsTests() => AWSConfigs.InitializeCollections = true;

    public void Dispose() => AWSConfigs.InitializeCollections = false;

    [Fact]
    public async Task Initialized_collections_are_empty_and_an_empty_one_is_not_sent()
    {
        var transport = new Transport(Answer.Ok("<R><subnetSet><item/></subnetSet></R>"));
        using var client = transport.Ec2();
        var request = new DescribeSubnetsRequest { Filters = [new Filter("vpc-id")] };

        var answer = await client.DescribeSubnetsAsync(request);

        Assert.Empty(request.SubnetIds);
        Assert.Equal("Action=DescribeSubnets&Filter.1.Name=vpc-id&Version=2016-11-15", transport.Only.Text);
        Assert.Empty(answer.Subnets.Single().Tags);
    }
}
