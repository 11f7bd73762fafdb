using System.Text.Json.Serialization;

namespace ServerlessPrivateLink.Deploying;

/// <summary>A request for which an execution runs, as it is kept until it is answered.</summary>
/// <param name="Address">Where the answer goes; empty: it has been given.</param>
/// <param name="StackId">Whose resource it is.</param>
/// <param name="RequestId">The request.</param>
/// <param name="LogicalId">The resource's name in its template.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Link">The link's name.</param>
/// <param name="Machine">The machine that does it.</param>
/// <param name="PhysicalId">What the resource is when it is done.</param>
/// <param name="PhysicalIdIfFailed">What the resource is when it is not.</param>
/// <param name="Since">When it came.</param>
/// <param name="Answer">What was decided; null: nothing yet.</param>
public sealed record PendingRequest(
    string Address,
    string StackId,
    string RequestId,
    string LogicalId,
    RequestKind Kind,
    string Link,
    Machine Machine,
    string PhysicalId,
    string PhysicalIdIfFailed,
    DateTimeOffset Since,
    StackAnswer? Answer)
{
    /// <summary>How executions are called that a stack waits for; the rule in template.yaml and a choice of Provision know it too.</summary>
    public const string Beginning = "stack-";

    [JsonIgnore]
    public bool IsAnswered => Address.Length == 0;

    /// <summary>The execution's name, and its own.</summary>
    [JsonIgnore]
    public string Name => NameOf(RequestId);

    public static string NameOf(string requestId) => Beginning + requestId;

    /// <param name="request">The request.</param>
    /// <param name="run">What it comes to.</param>
    /// <param name="stoodBefore">Whether the link was there.</param>
    /// <param name="now">When it came.</param>
    public static PendingRequest Of(StackRequest request, Deed.Run run, bool stoodBefore, DateTimeOffset now)
    {
        var physical = PhysicalLink.Of(run.Link);
        return new(
            request.Answer.OriginalString,
            request.StackId,
            request.RequestId,
            request.LogicalId,
            request.Kind,
            run.Link,
            run.Machine,
            physical,
            stoodBefore && request.PhysicalId != physical ? PhysicalLink.Kept(run.Link) : physical,
            now,
            Answer: null);
    }

    /// <summary>Whether its execution is in the way of a newer one: nobody hears its answer any more, or it is about the same link.</summary>
    public bool IsStoppedBy(PendingRequest newer) => IsBefore(newer) && (!IsAnswered || Link == newer.Link);

    /// <summary>Whether it is of no use when a link is gone: it was about that one, or came to nothing.</summary>
    public bool IsForgottenWith(PendingRequest deletion) => IsBefore(deletion) && (Link == deletion.Link || Answer is not { Succeeded: true });

    // Of the same resource of the same stack.
    private bool IsBefore(PendingRequest newer) => StackId == newer.StackId && LogicalId == newer.LogicalId && RequestId != newer.RequestId && Since <= newer.Since;
}
