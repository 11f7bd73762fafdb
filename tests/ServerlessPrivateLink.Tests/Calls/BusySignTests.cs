using System.Net;
using Amazon.Runtime;
using ServerlessPrivateLink.Calls;
using Xunit;

namespace ServerlessPrivateLink.Tests.Calls;

public sealed class BusySignTests
{
    [Theory]
    [InlineData("RequestLimitExceeded", 400)]
    [InlineData("Throttling", 400)]
    [InlineData("", 502)]
    [InlineData("InvalidGroup.NotFound", 400)]
    [InlineData("InvalidSecurityGroup", 400)]
    [InlineData("InvalidVpcEndpointServiceId.NotFound", 400)]
    [InlineData("InvalidID", 400)]
    [InlineData("InvalidGroup.Duplicate", 400)]
    [InlineData("LoadBalancerNotFound", 400)]
    [InlineData("TargetGroupNotFound", 400)]
    [InlineData("DuplicateListener", 400)]
    public void What_passes_by_itself_is_tried_again(string code, int status) => Assert.True(BusySign.In(Answer(code, status)));

    [Theory]
    [InlineData("UnauthorizedOperation", 403)]
    [InlineData("InvalidParameter", 400)]
    [InlineData("InvalidPermission.Duplicate", 400)]
    [InlineData("TooManyLoadBalancers", 400)]
    [InlineData("", 400)]
    public void An_answer_is_an_answer(string code, int status) => Assert.False(BusySign.In(Answer(code, status)));

    private static AmazonServiceException Answer(string code, int status) =>
        new("as AWS words it", ErrorType.Unknown, code, "request", (HttpStatusCode)status);
}
