using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Release;

/// <summary>The load balancer's own security group goes last: its network interfaces outlive the load balancer by minutes.</summary>
public sealed partial class DeleteSecurityGroup(IAmazonEC2 ec2, StackSettings settings, TimeProvider clock, ILogger<DeleteSecurityGroup> log)
{
    [LambdaFunction]
    public async Task<DeletionOutput> Handle(DeletionInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var held = ImmutableArray.CreateBuilder<Held>();
        foreach (var group in await ec2.SecurityGroupsOfAsync(new(settings.Stack, input.Link, input.MadeBy), deadline.Token)) held.Add(await DeleteAsync(group.GroupId, deadline.Token));
        return new Deletion(held.ToImmutable(), Blocked: false).After(input);
    }

    private async Task<Held> DeleteAsync(string groupId, CancellationToken token)
    {
        var what = new Remnant("security group", groupId);
        var interfaces = await ec2.NetworkInterfacesAsync([Ec2Reads.Filter("group-id", groupId)], token);
        if (!interfaces.IsEmpty) return new(what, $"used by {string.Join(", ", interfaces.Select(static face => face.NetworkInterfaceId))}");

        try
        {
            await ec2.DeleteSecurityGroupAsync(new DeleteSecurityGroupRequest { GroupId = groupId }, token);
            LogDeleted(log, groupId);
            return new(what);
        }
        catch (AmazonEC2Exception answer) when (answer.ErrorCode is "DependencyViolation" or "InvalidGroup.InUse")
        {
            var users = await ec2.SecurityGroupsAsync([Ec2Reads.Filter("ip-permission.group-id", groupId)], token);
            return new(what, users.IsEmpty ? answer.Message : $"named by inbound rules of {string.Join(", ", users.Select(static user => user.GroupId))}");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deleted the security group {GroupId}")]
    private static partial void LogDeleted(ILogger logger, string groupId);
}
