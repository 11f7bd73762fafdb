using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning;

public sealed record AllowConsumersInput(string Link, string ServiceId, ImmutableArray<Consumer> Consumers, Removal OnRemoval);

public sealed record AllowConsumersOutput(ImmutableArray<string> Allowed, ImmutableArray<string> Removed, ImmutableArray<string> RejectedEndpoints);

public sealed partial class AllowConsumers(IAmazonEC2 ec2, StackSettings settings, TimeProvider clock, ILogger<AllowConsumers> log)
{
    [LambdaFunction]
    public async Task<AllowConsumersOutput> Handle(AllowConsumersInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var owner = new Owner(settings.Stack, input.Link);
        var plan = ConsumerPlan.Between(owner, input.Consumers, await ReadAsync(input.ServiceId, deadline.Token));
        foreach (var consumer in plan.Allow) await AllowAsync(owner, input.ServiceId, consumer, deadline.Token);
        foreach (var (permissionId, tags) in plan.Tag) await TagAsync(permissionId, tags, deadline.Token);
        var rejected = input.OnRemoval is Removal.Keep ? [] : await RejectAsync(new(input.ServiceId, owner), plan.CutOff, deadline.Token);
        await RemoveAsync(input.ServiceId, plan.Remove, deadline.Token);
        return new([.. plan.Allow.Select(static consumer => consumer.Principal)], plan.Remove, rejected);
    }

    private async Task<ImmutableArray<FoundPermission>> ReadAsync(string serviceId, CancellationToken token) =>
        [.. (await ec2.AllowedPrincipalsAsync(serviceId, token)).Select(static allowed => new FoundPermission(allowed.Principal, allowed.ServicePermissionId, allowed.Tags.Read()))];

    private async Task AllowAsync(Owner owner, string serviceId, Consumer consumer, CancellationToken token)
    {
        var answer = await AddAsync(serviceId, consumer.Principal, token);
        var permissionId = answer.AddedPrincipals?.Find(added => added.Principal == consumer.Principal)?.ServicePermissionId
            ?? (await ReadAsync(serviceId, token)).FirstOrDefault(permission => permission.Principal == consumer.Principal)?.PermissionId
            ?? throw new AwsBusyException(nameof(ec2.DescribeVpcEndpointServicePermissionsAsync), $"{consumer.Principal} is allowed already, and is not shown yet.");
        await TagAsync(permissionId, ConsumerPlan.AllTags(owner, consumer.Rule), token);
        LogAllowed(log, consumer.Principal);
    }

    private async Task<ModifyVpcEndpointServicePermissionsResponse> AddAsync(string serviceId, string principal, CancellationToken token)
    {
        try
        {
            return await ec2.ModifyVpcEndpointServicePermissionsAsync(
                new ModifyVpcEndpointServicePermissionsRequest { ServiceId = serviceId, AddAllowedPrincipals = [principal] },
                token);
        }
        catch (AmazonEC2Exception answer) when (answer.ErrorCode == "InvalidPrincipal")
        {
            throw new ConsumerNotFoundException(principal);
        }
    }

    private async Task TagAsync(string permissionId, ImmutableSortedDictionary<string, string> tags, CancellationToken token) =>
        await ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [permissionId], Tags = tags.ForEc2() }, token);

    // Without its permission an account cannot ask again, but what is connected stays so until it is rejected:
    // so reject first and take the permission away last, and a run that stops between the two finds its work again.
    private async Task<ImmutableArray<string>> RejectAsync(LinkService service, ImmutableArray<string> accounts, CancellationToken token)
    {
        if (accounts.IsEmpty) return [];
        var cut = ConsumerPlan.ToReject(accounts, (await ec2.ConnectionsOfAsync([service], settings.Region, token))[service.Id]);
        if (cut.IsEmpty) return [];

        // The rejection wakes a review, and what stands noted and has happened is what a review tells people.
        await ec2.NoteAsync(service.Link, cut, ResourceTags.Decided, new(Verdict.Reject, ReviewRule.TakenOut, clock.GetUtcNow()), token);
        ImmutableArray<string> endpoints = [.. cut.Select(static connection => connection.EndpointId)];
        var answer = await ec2.RejectVpcEndpointConnectionsAsync(
            new RejectVpcEndpointConnectionsRequest { ServiceId = service.Id, VpcEndpointIds = [.. endpoints] },
            token);
        if (answer.Unsuccessful is [var first, ..])
            throw new ConnectionsNotRejectedException(first.ResourceId, $"{first.Error?.Code}: {first.Error?.Message}");
        LogRejected(log, string.Join(' ', endpoints));
        return endpoints;
    }

    private async Task RemoveAsync(string serviceId, ImmutableArray<string> principals, CancellationToken token)
    {
        if (principals.IsEmpty) return;
        await ec2.ModifyVpcEndpointServicePermissionsAsync(
            new ModifyVpcEndpointServicePermissionsRequest { ServiceId = serviceId, RemoveAllowedPrincipals = [.. principals] },
            token);
        LogRemoved(log, string.Join(' ', principals));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Principal} may ask for connections")]
    private static partial void LogAllowed(ILogger logger, string principal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rejected the endpoints of consumers that the document no longer names: {Endpoints}")]
    private static partial void LogRejected(ILogger logger, string endpoints);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No longer allowed: {Principals}")]
    private static partial void LogRemoved(ILogger logger, string principals);
}
