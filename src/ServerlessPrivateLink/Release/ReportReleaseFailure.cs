using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <summary>Names the step that failed, the reason and what to do.</summary>
public sealed class ReportReleaseFailure(AlertTopic alerts, TimeProvider clock)
{
    public const string Event = "release.failed";

    private const string Again = "Start the execution again with the same input: what is gone stays gone.";

    [LambdaFunction]
    public async Task<ReportFailureOutput> Handle(ReportFailureInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var report = FailureReport.Of(input, Again);
        await alerts.PublishAsync(Told(report), deadline.Token);
        return new(report.Error, report.Cause);
    }

    private static Alert Told(FailureReport report) => report.Alert with
    {
        Event = Event,
        Severity = report.Error == nameof(LinkInUseException) ? Severity.Warning : Severity.Critical,
        Sentence = report switch
        {
            { Error: nameof(LinkInUseException) } => $"The link {report.Link} was not released, because it is in use.",
            { Link.Length: 0 } => $"A link could not be released: {report.Step} failed.",
            _ => $"The link {report.Link} could not be released: {report.Step} failed.",
        },
    };
}
