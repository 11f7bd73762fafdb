using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Wire;

namespace LocalAws.CloudFormation;

/// <summary>Asks the functions of custom resources, as callers that do not wait, and waits for what comes into the bucket.</summary>
internal sealed class CustomRequests(Cloud cloud, ResponseBucket bucket)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(3);

    private readonly Chance chance = cloud.Chance.Apart("custom resources");
    private readonly List<CustomRequest> asked = [];

    public ImmutableArray<CustomRequest> Asked => [.. asked];

    /// <param name="type">What is to be done.</param>
    /// <param name="stackId">Whose resource it is.</param>
    /// <param name="resource">The resource as it is to be.</param>
    /// <param name="physicalId">What it is; null: nothing yet.</param>
    /// <param name="before">As it was; null: it is not changed.</param>
    public async Task<CustomAnswer> AskAsync(string type, string stackId, CustomResource resource, string? physicalId, CustomResource? before)
    {
        await cloud.Time.Delay(chance.Between(Soonest, Latest), CancellationToken.None).ConfigureAwait(false);
        var id = chance.Uuid();
        var body = new JsonObject
        {
            ["RequestType"] = type,
            ["ServiceToken"] = resource.ServiceToken,
            ["ResponseURL"] = bucket.Sign(stackId, resource.LogicalId, id),
            ["StackId"] = stackId,
            ["RequestId"] = id,
            ["LogicalResourceId"] = resource.LogicalId,
            ["ResourceType"] = resource.Type,
            ["ResourceProperties"] = resource.Properties.DeepClone(),
        };
        if (physicalId is not null)
            body["PhysicalResourceId"] = physicalId;
        if (before is not null)
            body["OldResourceProperties"] = before.Properties.DeepClone();
        var request = new CustomRequest(body);
        asked.Add(request);
        bucket.Expect(request);
        var answer = Send(request, resource.ServiceToken) ?? await WaitAsync(request, resource.Timeout).ConfigureAwait(false);
        await cloud.Time.Delay(chance.Between(Soonest, Latest), CancellationToken.None).ConfigureAwait(false);
        return answer;
    }

    private CustomAnswer? Send(CustomRequest request, string functionArn)
    {
        try
        {
            cloud.Lambda.Queue(cloud.Lambda.Find(functionArn) ?? throw Lambda.LambdaFunctions.NotFound(functionArn), Encoding.UTF8.GetBytes(request.Body.ToJsonString()));
            return null;
        }
        catch (AwsErrorException error)
        {
            return CustomAnswer.None(error.Message);
        }
    }

    /// <summary>"If no response is received before the timeout period ends, the request is considered unsuccessful" (AWS CloudFormation User Guide, "CloudFormation custom resource request and response reference").</summary>
    private async Task<CustomAnswer> WaitAsync(CustomRequest request, TimeSpan timeout)
    {
        var late = cloud.Time.CreateTimer(
            _ => request.Answered.TrySetResult(CustomAnswer.None($"CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [{request.Id}].")),
            null,
            timeout,
            Timeout.InfiniteTimeSpan);
        await using var _ = late.ConfigureAwait(false);
        return await request.Answered.Task.ConfigureAwait(false);
    }
}
