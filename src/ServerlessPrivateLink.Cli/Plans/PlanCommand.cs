using System.Collections.Immutable;
using System.Text.Json;
using Amazon.Lambda;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Cli.Validation;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary><c>privatelink plan</c>: shows what provisioning a document would do, and does nothing.</summary>
internal static class PlanCommand
{
    public static async Task<int> RunAsync(StackSession session, string path, bool json, Screen screen, TimeProvider clock, CancellationToken stop)
    {
        if (LinkSource.Read(path, session.Stack.Partition, LinkFile.Today(clock), json, screen) is not { } source) return ExitCode.BadInput;

        using var document = JsonDocument.Parse(source.Document);
        var plan = await session.InvokeAsync<PlanLinkInput, LinkPlan>(nameof(PlanLink), new(document.RootElement), stop);
        var planner = new Planner(session, clock);
        var (addresses, skipped) = await LocateAsync(session, plan, stop);
        var changes = await planner.RunAsync(plan, _ => Task.FromResult(addresses), stop);
        var (before, after) = await planner.CostsAsync(plan, stop);
        var report = new PlanReport(plan.Link, changes, plan.Warnings, skipped, before, after);
        PlanText.Show(report, $"The link {plan.Link} is as {path} says; there is nothing to do.", json, screen.Output);
        return report.ExitCode;
    }

    private static async Task<(ImmutableArray<DatabaseAddresses>? Addresses, ImmutableArray<string> Skipped)> LocateAsync(StackSession session, LinkPlan plan, CancellationToken stop)
    {
        try
        {
            return ((await session.InvokeAsync<ResolveAddressesInput, ResolveAddressesOutput>(nameof(ResolveAddresses), new(plan.VpcCidrs, plan.Exposures), stop)).Addresses, []);
        }
        catch (AmazonLambdaException refusal) when (refusal.ErrorCode is "AccessDeniedException")
        {
            return (null, [$"targets: {session.Who} may not invoke {nameof(ResolveAddresses)}, which alone can resolve names inside the VPC."]);
        }
    }
}
