using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>Who signed a request.</summary>
/// <param name="Arn">What STS says of the caller, such as <c>arn:aws:sts::1234…:assumed-role/role/session</c>.</param>
/// <param name="AccountId">The account of the caller.</param>
/// <param name="Name">A short name for logs: the function's or state machine's logical id, or <c>operator</c>.</param>
/// <param name="Policies">The identity policies that judge it; null: the operator, who may do everything.</param>
/// <param name="Facts">Condition keys that are true of all its calls, such as <c>lambda:SourceFunctionArn</c>.</param>
/// <param name="Die">Kills the invocation that holds these credentials; null where nothing can be killed.</param>
/// <param name="Wait">
/// Told of each call that arrives; what it returns is disposed when the call has been answered. Null where nobody needs to know who waits.
/// </param>
public sealed record Caller(
    string Arn,
    string AccountId,
    string Name,
    ImmutableArray<Policy>? Policies,
    ConditionKeys Facts,
    Action? Die = null,
    Func<IDisposable?>? Wait = null);

/// <summary>A set of credentials that <see cref="AccessControl"/> gave out.</summary>
/// <param name="AccessKeyId">Names the caller.</param>
/// <param name="SecretAccessKey">Signs.</param>
/// <param name="SessionToken">Null for the operator's long-lived key.</param>
public sealed record IssuedKey(string AccessKeyId, string SecretAccessKey, string? SessionToken);
