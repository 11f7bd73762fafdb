using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Deploying;

/// <summary>How an execution stands.</summary>
/// <param name="Status">As Step Functions says it; empty: there is no such execution.</param>
/// <param name="Output">What it ended with; empty: nothing.</param>
/// <param name="Cause">Why it failed; empty: it did not, or does not say.</param>
public sealed record ExecutionLook(string Status, string Output, string Cause)
{
    public static readonly ExecutionLook Missing = new("", "", "");

    public bool IsRunning => Status == "RUNNING";
}

/// <summary>Decides how a request is answered whose execution ended, or takes too long.</summary>
public static class RequestEnd
{
    /// <summary>CloudFormation waits for an hour, and requests are looked at every five minutes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(50);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // The Lambda service delivers for six hours what it could not deliver at once.
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromHours(7);

    // Three attempts of the Lambda service and its pauses lie within it.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(10);

    /// <summary>Null: it goes on waiting.</summary>
    public static StackAnswer? Of(PendingRequest pending, ExecutionLook look, DateTimeOffset now) => look.Status switch
    {
        "SUCCEEDED" => Done(pending, look.Output),
        "FAILED" => Failed(pending, look.Cause.Length == 0 ? $"{Execution(pending)} failed; its history says why." : Told(look.Cause)),
        "TIMED_OUT" => Failed(pending, $"{Execution(pending)} ran out of time; its history shows how far it came."),
        "ABORTED" => Failed(pending, $"{Execution(pending)} was stopped; its history shows how far it came."),
        "" => now - pending.Since > LongestStart ? Failed(pending, $"The state machine {pending.Machine} could not be started; the log of DeployLink says why.") : null,
        _ => now - pending.Since > Patience ? Failed(pending, string.Create(CultureInfo.InvariantCulture, $"{Execution(pending)} was not done within {Patience.TotalMinutes} minutes; its history shows how far it came.")) : null,
    };

    /// <summary>Whether CloudFormation hears no answer any more.</summary>
    public static bool IsTooLate(PendingRequest pending, DateTimeOffset now) => now - pending.Since > LongestWait;

    /// <summary>Whether nobody can ask for it any more.</summary>
    public static bool IsForgettable(PendingRequest request, DateTimeOffset now) => request.IsAnswered && now - request.Since > LongestDelivery;

    /// <summary>The answer for a link that stands, and for the time that consumers need to connect CloudFormation does not wait.</summary>
    public static StackAnswer Announced(PendingRequest pending, string serviceName, string serviceId) => StackAnswer.Success(
        pending.PhysicalId,
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("Link", pending.Link)
            .Add("ServiceId", serviceId)
            .Add("ServiceName", serviceName));

    public static StackAnswer Failed(PendingRequest pending, string reason) => StackAnswer.Failure(pending.PhysicalIdIfFailed, $"{reason} {Remedy(pending)}");

    private static StackAnswer Done(PendingRequest pending, string output)
    {
        if (pending.Machine is Machine.Release) return StackAnswer.Success(pending.PhysicalId);
        using var said = JsonDocument.Parse(output);
        return Announced(pending, said.RootElement.GetProperty("ServiceName").GetString()!, said.RootElement.GetProperty("ServiceId").GetString()!);
    }

    private static string Told(string cause) => cause.EndsWith(ExecutionEnd.Told, StringComparison.Ordinal) ? cause[..^ExecutionEnd.Told.Length] : cause;

    private static string Execution(PendingRequest pending) => $"The execution {pending.Name} of {pending.Machine}";

    private static string Remedy(PendingRequest pending) => pending.Machine is Machine.Release
        ? $"For this stack: delete it again then; `privatelink down {pending.Link} --force` takes the link from whoever uses it."
        : "For this stack: deploy it again then.";
}
