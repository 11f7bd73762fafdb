using System.Collections.Immutable;
using System.Text.Json;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

/// <param name="Document">The execution's input, whatever it is.</param>
/// <param name="Execution">The execution's ARN.</param>
/// <param name="Failed">What the state machine caught, by the state that caught it.</param>
/// <param name="Release">What became of what the execution had made; null: nothing is said of that.</param>
/// <param name="Warnings">What the databases said that they should not; null: nobody asked them.</param>
public sealed record ReportFailureInput(
    JsonElement Document,
    string Execution,
    ImmutableDictionary<string, CaughtError> Failed,
    ReleaseMadeOutput? Release = null,
    ImmutableArray<string>? Warnings = null);

/// <param name="Error">An exception's short type name, or a name of the state machine's own.</param>
/// <param name="Cause">For a function's exception: JSON with its message.</param>
public sealed record CaughtError(string Error, string? Cause = null);

public sealed record ReportFailureOutput(string Error, string Cause);

public sealed class ReportFailure(AlertTopic alerts, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<ReportFailureOutput> Handle(ReportFailureInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var report = FailureReport.Of(input);
        await alerts.PublishAsync(report.Alert, deadline.Token);
        return new(report.Error, report.Cause);
    }
}
