using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Running;

/// <summary>What <c>$$</c> is (docs.aws.amazon.com: "Accessing execution data from the Context object in Step Functions").</summary>
internal static class ContextObject
{
    public static JsonObject Of(Execution execution, State state, DateTimeOffset enteredAt, int retryCount, JsonObject? mapItem)
    {
        var identity = execution.Identity;
        var context = new JsonObject
        {
            ["Execution"] = new JsonObject
            {
                ["Id"] = identity.Arn,
                ["Input"] = Json.Copy(execution.Input),
                ["StartTime"] = Timestamps.Write(execution.StartDate),
                ["Name"] = identity.Name,
                ["RoleArn"] = identity.RoleArn,
                ["RedriveCount"] = 0,
            },
            ["StateMachine"] = new JsonObject { ["Id"] = identity.MachineArn, ["Name"] = identity.MachineName },
            ["State"] = new JsonObject { ["Name"] = state.Name, ["EnteredTime"] = Timestamps.Write(enteredAt), ["RetryCount"] = retryCount },
        };
        if (mapItem is not null)
            context["Map"] = new JsonObject { ["Item"] = mapItem.DeepClone() };
        return context;
    }
}
