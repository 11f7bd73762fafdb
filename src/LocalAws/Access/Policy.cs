using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Access;

/// <summary>An identity policy: its statements, in order.</summary>
public sealed record Policy(string Name, ImmutableArray<Statement> Statements)
{
    /// <summary>Reads a policy document.</summary>
    /// <param name="name">What the policy is called; unique among those of a role.</param>
    /// <param name="document">With <c>Version</c> and <c>Statement</c>.</param>
    /// <exception cref="PolicyException">Something in it is unknown or of the wrong form.</exception>
    public static Policy Read(string name, JsonNode? document) => PolicyReader.Identity(name, document);
}

/// <summary>One statement of a policy.</summary>
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
