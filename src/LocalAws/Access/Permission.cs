namespace LocalAws.Access;

/// <summary>One thing that a statement of an identity policy allows: the unit that a test wants used.</summary>
/// <param name="Holder">The short name of the caller whose policy it is.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Statement">Its statement.</param>
/// <param name="Action">The action pattern, as written.</param>
public sealed record Permission(string Holder, string Policy, string Statement, string Action);
