using System.Collections.Immutable;
using System.Net;
using LocalAws.Access;

namespace LocalAws.Wire;

/// <summary>The wire side of one service: which operations there are and how they are spoken.</summary>
public abstract class ServiceApi
{
    private readonly Lazy<ImmutableDictionary<string, Operation>> operations;

    /// <summary>Operations are read once, when the first request comes.</summary>
    protected ServiceApi() => operations = new(() => Describe().ToImmutableDictionary(operation => operation.Name, StringComparer.Ordinal));

    /// <summary>The service in a signature's scope, such as <c>elasticloadbalancing</c>.</summary>
    public abstract string SigningName { get; }

    /// <summary>The prefix of its IAM actions.</summary>
    public virtual string IamPrefix => SigningName;

    /// <summary>How it is spoken.</summary>
    public abstract WireProtocol Protocol { get; }

    /// <summary>How it is spoken in a request, where there are several ways.</summary>
    public virtual WireProtocol ProtocolOf(WireRequest request) => Protocol;

    /// <summary>The operations that are known, by name.</summary>
    public ImmutableDictionary<string, Operation> Operations => operations.Value;

    /// <summary>Lists the operations.</summary>
    protected abstract IEnumerable<Operation> Describe();

    /// <summary>Words a denial as this service does.</summary>
    public virtual AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("AccessDenied", denied.Message, HttpStatusCode.Forbidden);
    }

    /// <summary>Words a throttle as this service does.</summary>
    public virtual AwsErrorException Throttled() => new("Throttling", "Rate exceeded");

    /// <summary>Words an internal failure as this service does.</summary>
    public virtual AwsErrorException Failed() => new("InternalFailure", "The request processing has failed because of an unknown error, exception or failure.", HttpStatusCode.InternalServerError);

    /// <summary>Words an unknown operation as this service does, and says which are known.</summary>
    public virtual AwsErrorException Unknown(string operation) =>
        new("InvalidAction", $"The action {operation} is not valid for this web service. Known here: {string.Join(", ", Operations.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>Words a key that nobody holds as this service does.</summary>
    public virtual AwsErrorException UnknownKey() => new("InvalidClientTokenId", "The security token included in the request is invalid.", HttpStatusCode.Forbidden);
}
