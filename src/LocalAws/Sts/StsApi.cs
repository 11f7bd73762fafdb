using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Sts;

/// <summary>AWS STS on the wire, API version 2011-06-15.</summary>
public sealed class StsApi : ServiceApi
{
    /// <inheritdoc/>
    public override string SigningName => "sts";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new QueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() => [Operation.Reads("GetCallerIdentity", call => Identity(call.Caller))];

    /// <summary>Anybody may ask who they are: no policy is consulted.</summary>
    private static Answer Identity(Caller caller) =>
        Answer.Of(Xml.Of("Arn", caller.Arn), Xml.Of("UserId", UserId(caller.Arn)), Xml.Of("Account", caller.AccountId));

    /// <summary>The unique id of a caller: of a role with its session.</summary>
    internal static string UserId(string arn)
    {
        var resource = arn.Split(':')[^1].Split('/');
        return resource[0] == "assumed-role" && resource.Length == 3 ? $"{UniqueId("AROA", resource[1])}:{resource[2]}" : UniqueId("AIDA", resource[^1]);
    }

    private static string UniqueId(string prefix, string name)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name));
        return prefix + string.Concat(hash.Take(17).Select(value => Letters[value % Letters.Length]));
    }
}
