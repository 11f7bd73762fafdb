using System.Text;
using System.Text.Json.Nodes;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Deploying;

/// <summary>What a request comes to.</summary>
public abstract record Deed
{
    private Deed()
    {
    }

    /// <summary>Nothing has to be done for the answer.</summary>
    public sealed record Answer(StackAnswer Given) : Deed;

    /// <summary>A state machine does it.</summary>
    public sealed record Run(Machine Machine, string Link, string Input) : Deed;
}

public enum Machine
{
    Provision,
    Release,
}

/// <summary>Decides what a request comes to.</summary>
public static class RequestRule
{
    /// <param name="request">The request.</param>
    /// <param name="partition">The partition of the stack.</param>
    /// <param name="today">In UTC.</param>
    public static Deed Of(StackRequest request, string partition, DateOnly today)
    {
        if (request.Kind is RequestKind.Delete)
        {
            return PhysicalLink.LinkOf(request.PhysicalId) is { } gone
                ? new Deed.Run(Machine.Release, gone, new JsonObject { ["name"] = gone }.ToJsonString())
                : new Deed.Answer(StackAnswer.Success(request.PhysicalId));
        }

        var reading = LinkDocument.Read(Encoding.UTF8.GetBytes(request.Document), partition, today);
        return reading.Link is { } link
            ? new Deed.Run(Machine.Provision, link.Name, request.Document)
            : new Deed.Answer(StackAnswer.Failure(
                request.PhysicalId.Length > 0 ? request.PhysicalId : PhysicalLink.None,
                new LinkDocumentInvalidException(reading.Errors).Message));
    }
}
