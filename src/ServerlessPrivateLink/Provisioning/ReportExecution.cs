using System.Text.Json;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

/// <param name="Alert">What was told; null: nothing had to be.</param>
public sealed record ReportExecutionOutput(string? Alert);

/// <summary>Tells people of executions that ended in a way that the state machine itself could not tell: timed out, stopped, or broken.</summary>
public sealed class ReportExecution(AlertTopic alerts, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<ReportExecutionOutput> Handle(JsonElement happened, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        if (ExecutionEnd.Read(happened) is not { IsUntold: true } end) return new(null);
        await alerts.PublishAsync(end.Alert, deadline.Token);
        return new(end.Alert.Event);
    }
}
