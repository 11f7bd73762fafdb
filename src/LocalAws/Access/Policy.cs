using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>An identity policy: its statements, in order.</summary>
public sealed record Policy(string Name, ImmutableArray<Statement> Statements);

/// <summary>One statement of an identity policy.</summary>
/// <param name="Id">Its <c>Sid</c>, or a name made from its place.</param>
/// <param name="Deny">Deny rather than Allow.</param>
/// <param name="Actions">Action patterns with <c>*</c> and <c>?</c>.</param>
/// <param name="Resources">ARN patterns with <c>*</c> and <c>?</c>.</param>
/// <param name="Conditions">All must hold.</param>
public sealed record Statement(
    string Id,
    bool Deny,
    ImmutableArray<string> Actions,
    ImmutableArray<string> Resources,
    ImmutableArray<Condition> Conditions);

/// <summary>One condition: <c>StringEquals: {key: [values]}</c>.</summary>
public sealed record Condition(string Operator, string Key, ImmutableArray<string> Values);
