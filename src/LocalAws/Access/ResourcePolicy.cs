using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>A policy that stands at a resource, such as a topic's or a key's: it also says who.</summary>
/// <param name="Name">What an error calls it.</param>
/// <param name="Statements">Its statements, in order.</param>
public sealed record ResourcePolicy(string Name, ImmutableArray<ResourceStatement> Statements);

/// <summary>One statement of a resource policy.</summary>
/// <param name="Principals">Whom it speaks of.</param>
/// <param name="Statement">What it says.</param>
public sealed record ResourceStatement(ImmutableArray<PolicyPrincipal> Principals, Statement Statement);

/// <summary>Whom a resource policy speaks of.</summary>
/// <param name="Kind"><c>AWS</c> or <c>Service</c>.</param>
/// <param name="Value">An account id, an ARN, <c>*</c>, or a service such as <c>vpce.amazonaws.com</c>.</param>
public sealed record PolicyPrincipal(string Kind, string Value);
