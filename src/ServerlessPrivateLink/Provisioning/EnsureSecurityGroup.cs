using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record EnsureSecurityGroupInput(string Link, string VpcId, string MadeBy);

public sealed record EnsureSecurityGroupOutput(string SecurityGroupId);

/// <summary>
/// The load balancer's own security group: what the databases' groups refer to as the source. It has no inbound rule, because
/// PrivateLink traffic is exempt from it, and keeps the outbound rule that every new group has: the databases' own groups decide
/// which port is open, and narrowing it here would leave a database that is added later unreachable until a second place agrees.
/// </summary>
public sealed partial class EnsureSecurityGroup(IAmazonEC2 ec2, StackSettings settings, TimeProvider clock, ILogger<EnsureSecurityGroup> log)
{
    [LambdaFunction]
    public async Task<EnsureSecurityGroupOutput> Handle(EnsureSecurityGroupInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var owner = new Owner(settings.Stack, input.Link);
        var name = ResourceName.SecurityGroup(owner.Stack, owner.Link);
        return new(await FindAsync(name, owner, input.VpcId, deadline.Token) ?? await CreateAsync(name, owner, input, deadline.Token));
    }

    private async Task<string?> FindAsync(string name, Owner owner, string vpcId, CancellationToken token)
    {
        var found = await ec2.SecurityGroupsAsync([Ec2Reads.Filter("group-name", name), Ec2Reads.Filter("vpc-id", vpcId)], token);
        if (found is not [var group]) return null;
        return owner.Owns(group.Tags.Read()) ? group.GroupId : throw new NameTakenException("security group", name, owner.Stack, owner.Link);
    }

    private async Task<string> CreateAsync(string name, Owner owner, EnsureSecurityGroupInput input, CancellationToken token)
    {
        var created = await ec2.CreateSecurityGroupAsync(
            new CreateSecurityGroupRequest
            {
                GroupName = name,
                Description = $"Load balancer of the link {owner.Link} of the stack {owner.Stack}",
                VpcId = input.VpcId,
                TagSpecifications = owner.Tags().Marked(input.MadeBy).OnCreate(ResourceType.SecurityGroup),
            },
            token);
        LogCreated(log, name, created.GroupId);
        return created.GroupId;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Created security group {Name}: {GroupId}")]
    private static partial void LogCreated(ILogger logger, string name, string groupId);
}
