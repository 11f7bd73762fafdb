using System.Reflection;
using Amazon.Runtime;
using Xunit;

namespace ServerlessPrivateLink.Tests.House;

public sealed class ClientTests
{
    [Theory]
    [InlineData("ServerlessPrivateLink")]
    [InlineData("ServerlessPrivateLink.Tests")]
    [InlineData("LocalAws")]
    [InlineData("privatelink")]
    public void No_class_of_ours_pretends_to_be_an_aws_client(string assembly) =>
        Assert.DoesNotContain(
            Assembly.Load(assembly).GetTypes(),
            type => typeof(IAmazonService).IsAssignableFrom(type) && !typeof(AmazonServiceClient).IsAssignableFrom(type));
}
