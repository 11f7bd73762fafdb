using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Access;

/// <summary>A policy that stands at a resource, such as a topic's or a key's: it also says who.</summary>
/// <param name="Name">What an error calls it.</param>
/// <param name="Statements">Its statements, in order.</param>
public sealed record ResourcePolicy(string Name, ImmutableArray<ResourceStatement> Statements)
{
    /// <summary>Reads a policy document whose statements have a <c>Principal</c>.</summary>
    /// <exception cref="PolicyException">Something in it is unknown or of the wrong form.</exception>
    public static ResourcePolicy Read(string name, JsonNode? document) => PolicyReader.Resource(name, document);
}

/// <summary>One statement of a resource policy.</summary>
/// <param name="Principals">Whom it speaks of.</param>
/// <param name="Statement">What it says.</param>
public sealed record ResourceStatement(ImmutableArray<PolicyPrincipal> Principals, Statement Statement);

/// <summary>Whom a resource policy speaks of.</summary>
/// <param name="Kind"><c>AWS</c> or <c>Service</c>.</param>
/// <param name="Value">An account id, an ARN, <c>*</c>, or a service such as <c>vpce.amazonaws.com</c>.</param>
public sealed record PolicyPrincipal(string Kind, string Value)
{
    /// <summary>Whether it names this caller itself, rather than the caller's account.</summary>
    public bool Names(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Value is "*" || (Kind is "AWS" && (Value == caller.Arn || Value == RoleArn(caller)));
    }

    /// <summary>Whether it names the caller's account, which lets the account's own policies decide.</summary>
    public bool NamesAccountOf(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Kind is "AWS" && (Value == caller.AccountId || (Value.EndsWith($"::{caller.AccountId}:root", StringComparison.Ordinal) && Value.StartsWith("arn:", StringComparison.Ordinal)));
    }

    /// <summary>Whether it names this AWS service.</summary>
    public bool NamesService(string service) => Value is "*" || (Kind is "Service" && Value == service);

    private static string? RoleArn(Caller caller)
    {
        var parts = caller.Arn.Split(':', 6);
        return parts is [_, var partition, "sts", _, var account, var session] && session.Split('/') is ["assumed-role", var role, ..]
            ? $"arn:{partition}:iam::{account}:role/{role}"
            : null;
    }
}
