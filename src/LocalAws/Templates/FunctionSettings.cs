using System.Collections.Immutable;
using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>A Lambda function as the template describes it.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="FunctionName">Its name in the account.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Handler">The handler string, <c>Assembly::Type::Method</c>.</param>
/// <param name="Environment">Its environment variables; what the Lambda service adds is not among them.</param>
/// <param name="Timeout">How long one invocation may take.</param>
/// <param name="MemoryMb">Its memory.</param>
/// <param name="Runtime">Such as <c>dotnet10</c>.</param>
/// <param name="Vpc">Where it is attached; null: to no VPC.</param>
/// <param name="Role">As whom it calls.</param>
public sealed record FunctionSettings(
    string LogicalId,
    string FunctionName,
    string Arn,
    string Handler,
    ImmutableDictionary<string, string> Environment,
    TimeSpan Timeout,
    int MemoryMb,
    string Runtime,
    VpcSettings? Vpc,
    RoleSettings Role)
{
    /// <summary>Its tags: those of the template, of SAM and of CloudFormation.</summary>
    public Tags Tags { get; init; } = Tags.None;

    /// <summary>The lowest level of its log in JSON, such as <c>INFO</c>; null: its log is text.</summary>
    public string? JsonLogLevel { get; init; }

    /// <summary>Who else may invoke it; null: nobody but by permissions of their own.</summary>
    public ResourcePolicy? Policy { get; init; }

    /// <summary>How many invocations may run at once, apart from all other functions; null: it shares with them.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>How it is invoked by those who do not wait; null: as usual.</summary>
    public AsyncSettings? Async { get; init; }

    /// <summary>The queue or topic for events that it could not handle; null: none.</summary>
    public string? DeadLetterArn { get; init; }
}

/// <summary>Where a function is attached to a VPC.</summary>
/// <param name="SubnetIds">Its subnets.</param>
/// <param name="SecurityGroupIds">Its security groups.</param>
public sealed record VpcSettings(ImmutableArray<string> SubnetIds, ImmutableArray<string> SecurityGroupIds);

/// <summary>A role and what it may do.</summary>
/// <param name="Name">Its name in the account.</param>
/// <param name="Arn">The role's own ARN.</param>
/// <param name="Policies">Its policies, inline and managed.</param>
/// <param name="Caller">
/// Who signs with its credentials. Whoever runs the role's code takes a key by
/// <c>Access.Issue(role.Caller with { Die = … }, temporary: true)</c> for each invocation and revokes it at the end.
/// </param>
public sealed record RoleSettings(string Name, string Arn, ImmutableArray<Policy> Policies, Caller Caller);
