using System.Collections.Immutable;
using System.Globalization;
using LocalAws.Monitoring;
using ServerlessPrivateLink.Cli.Costs;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using Execution = LocalAws.States.Running.Execution;

namespace ServerlessPrivateLink.Cli.Drills;

/// <summary>What following a failover cost: the executions' transitions and the invocations.</summary>
internal static class FollowBill
{
    private const string Starter = "StartFollow";

    public static FollowCost Of(DeployedStack deployed, ImmutableArray<Execution> followings, DateTimeOffset from, DateTimeOffset to)
    {
        var transitions = followings.Sum(static following => Timeline.Transitions(following));
        var steps = followings.Sum(static following => following.History.Events.Count(static one => one.Type is "TaskScheduled"));
        // Each run asks the resolver once.
        var invocations = Invocations(Starter) + (2 * steps);
        var (prices, use) = (ListPrices.For(deployed.Cloud.Options.Region), CostAssumptions.Usual);
        var second = (use.SecondsPerInvocation * use.MemoryGigabytes * prices.LambdaGigabyteSecond) + prices.LambdaRequest;
        return new(
            followings.Length,
            transitions,
            invocations,
            decimal.Round((transitions * prices.Transition) + (invocations * second), 5),
            string.Create(CultureInfo.InvariantCulture, $"list prices of {ListPrices.Published} in {prices.Region}: ${prices.Transition * 1000:0.###} per 1,000 transitions; invocations of {use.SecondsPerInvocation} s at {use.MemoryGigabytes} GB"));

        int Invocations(string function) => deployed.Cloud.CloudWatch.Points(
            MetricId.Of("AWS/Lambda", "Invocations", ("FunctionName", deployed.Stack.Functions[function].FunctionName)), from, to).Length;
    }
}
