using System.Collections.Immutable;
using System.Text.Json;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Release;

namespace ServerlessPrivateLink.Deploying;

/// <summary>Lets a stack go only when no links stand but the one that goes with it, and nobody uses that. Reads only.</summary>
public sealed class GuardLinks(
    AnswerDoor door,
    IAmazonEC2 ec2,
    IAmazonElasticLoadBalancingV2 elb,
    StackSettings settings,
    TimeProvider clock,
    ILogger<GuardLinks> log)
{
    [LambdaFunction]
    public async Task<HandledRequest> Handle(JsonElement asked, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        if (StackRequest.Read(asked) is not { } request || !door.Hears(request)) return log.Handled("refused what CloudFormation did not send");
        var (standing, used) = request.Kind is RequestKind.Delete ? await LookAsync(deadline.Token) : ([], []);
        var answer = GuardRule.Of(request, standing, used);
        await door.PutAsync(request.Answer, answer.Body(request), deadline.Token);
        return log.Handled(answer.Succeeded ? "let it pass" : answer.Reason);
    }

    private async Task<(ImmutableArray<string> Standing, ImmutableArray<string> Used)> LookAsync(CancellationToken token)
    {
        var services = await ec2.ServicesOfAsync(settings.Stack, token);
        var connections = await ec2.ConnectionsOfAsync(services, settings.Region, token);
        return (
            await ec2.LinksOfAsync(elb, settings.Stack, token),
            [.. services.Where(service => connections[service.Id].Any(static connection => connection.IsLive)).Select(static service => service.Link.Link).Distinct(StringComparer.Ordinal)]);
    }
}
