using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Tests.Doors;

/// <summary>A service with the operations that a test wants.</summary>
internal sealed class TestService(string signingName, WireProtocol protocol, params ImmutableArray<Operation> operations) : ServiceApi
{
    public override string SigningName => signingName;

    public override WireProtocol Protocol => protocol;

    /// <summary>A call of one of its operations, as it looks behind a door.</summary>
    public ApiCall Call(Cloud cloud, string operation, string parameters = "")
    {
        var form = $"Action={operation}&Version=1{parameters}";
        var http = new WireRequest("POST", "/", "", ImmutableDictionary<string, string>.Empty, ReadOnlyMemory<byte>.Empty);
        var caller = new Caller("arn:aws:iam::111122223333:user/tester", "111122223333", "tester", null, ConditionKeys.None);
        return new(cloud, this, Operations[operation], caller, "request", new(operation, Form.Read(form), null, http, ImmutableDictionary<string, string>.Empty), CancellationToken.None);
    }

    protected override IEnumerable<Operation> Describe() => operations;
}
