using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Access;

namespace LocalAws.Wire;

/// <summary>One request, read: what an operation sees.</summary>
/// <param name="Cloud">The cloud that was asked.</param>
/// <param name="Service">The service that was asked.</param>
/// <param name="Operation">The operation that was asked for.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="RequestId">The id that the answer will carry.</param>
/// <param name="Message">The parameters as the protocol read them.</param>
/// <param name="Token">Cancelled when the caller gave up.</param>
public sealed record ApiCall(Cloud Cloud, ServiceApi Service, Operation Operation, Caller Caller, string RequestId, Message Message, CancellationToken Token)
{
    /// <summary>The parameters of an EC2 or query request.</summary>
    public Form Form => Message.Form ?? throw new InvalidOperationException($"{Service.SigningName} does not send forms.");

    /// <summary>The parameters of a JSON request.</summary>
    public JsonObject Body => Message.Body ?? throw new InvalidOperationException($"{Service.SigningName} does not send JSON.");

    /// <summary>The action as IAM and CloudTrail name it, such as <c>ec2:CreateTags</c>.</summary>
    public string Action => $"{Service.IamPrefix}:{Operation.Name}";

    /// <summary>Lets the request pass when the caller may do the operation itself to this resource.</summary>
    /// <exception cref="AccessDeniedException">It may not.</exception>
    public void Demand(string resource, ConditionKeys? keys = null) => DemandAction(Action, resource, keys);

    /// <summary>Lets the request pass when the caller may do this action, which need not be the operation, to this resource.</summary>
    /// <exception cref="AccessDeniedException">It may not.</exception>
    public void DemandAction(string action, string resource, ConditionKeys? keys = null) =>
        Cloud.Access.Demand(Caller, new(action, resource, Caller.Facts.And(keys ?? ConditionKeys.None)));
}

/// <summary>The parameters of a request in the form that its protocol has.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Form">For EC2 and query.</param>
/// <param name="Body">For the JSON protocols.</param>
/// <param name="Http">The request itself, for REST operations.</param>
/// <param name="Labels">Parts of the path, for REST operations.</param>
public sealed record Message(string Operation, Form? Form, JsonObject? Body, WireRequest Http, ImmutableDictionary<string, string> Labels);

/// <summary>An operation of a service.</summary>
/// <param name="Name">As in the API reference.</param>
/// <param name="Mutates">Whether it can change anything.</param>
/// <param name="Handle">Carries it out.</param>
public sealed record Operation(string Name, bool Mutates, Func<ApiCall, Task<Answer>> Handle)
{
    /// <summary>An operation that only reads.</summary>
    public static Operation Reads(string name, Func<ApiCall, Answer> handle) => new(name, false, call => Task.FromResult(handle(call)));

    /// <summary>An operation that can change something.</summary>
    public static Operation Writes(string name, Func<ApiCall, Answer> handle) => new(name, true, call => Task.FromResult(handle(call)));
}

/// <summary>What an operation answers, before its protocol writes it.</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>An XML answer: the children of the result element (query) or of the root (EC2), in no namespace; the protocol adds it.</summary>
    public static Answer Of(params IEnumerable<XElement?> members) => new Xml([.. members.OfType<XElement>()]);

    /// <summary>A JSON answer.</summary>
    public static Answer Of(JsonObject body) => new Json(body);

    /// <summary>The children of an XML answer.</summary>
    public sealed record Xml(ImmutableArray<XElement> Members) : Answer;

    /// <summary>The document of a JSON answer.</summary>
    public sealed record Json(JsonObject Body) : Answer;

    /// <summary>A body and headers as they are.</summary>
    public sealed record Raw(int Status, ReadOnlyMemory<byte> Body, ImmutableDictionary<string, string> Headers) : Answer;
}
