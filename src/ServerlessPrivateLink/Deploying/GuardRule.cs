using System.Collections.Immutable;
using System.Text.Json;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Deploying;

/// <summary>Decides whether a stack may go: not while links stand that do not go with it.</summary>
public static class GuardRule
{
    public const string PhysicalId = "guard";

    /// <param name="request">What is asked.</param>
    /// <param name="standing">The links that stand.</param>
    /// <param name="inUse">Those of them that somebody uses, or waits to.</param>
    public static StackAnswer Of(StackRequest request, ImmutableArray<string> standing, ImmutableArray<string> inUse)
    {
        if (request.Kind is not RequestKind.Delete) return StackAnswer.Success(PhysicalId);
        var own = NameOf(request.Document);
        ImmutableArray<string> reasons = [.. Foreign([.. standing.Where(link => link != own)]), .. Used([.. inUse.Where(link => link == own)])];
        return reasons.IsEmpty ? StackAnswer.Success(PhysicalId) : StackAnswer.Failure(PhysicalId, $"{string.Join(' ', reasons)} Then delete the stack again.");
    }

    private static IEnumerable<string> Foreign(ImmutableArray<string> links) => links.IsEmpty
        ? []
        : [$"The stack is needed by links that its parameters do not describe: {string.Join(", ", links)}. Take them down first: {string.Join("; ", links.Select(static link => $"privatelink down {link}"))}."];

    // Its own release would refuse too, but then the stack would be half gone.
    private static IEnumerable<string> Used(ImmutableArray<string> links) =>
        links.Select(static link => $"The link {link} is in use. Let its consumers delete their endpoints, or take it from them: privatelink down {link} --force.");

    private static string NameOf(string document)
    {
        try
        {
            using var read = JsonDocument.Parse(document);
            return FailureReport.LinkOf(read.RootElement);
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
