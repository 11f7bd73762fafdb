using System.Text.Json;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Release;

namespace ServerlessPrivateLink.Deploying;

/// <summary>
/// Builds, changes and takes down a link that stands in a CloudFormation template: starts the state machine that does it, under a name that
/// the request has whenever it comes. Whatever ends the execution answers.
/// </summary>
public sealed class DeployLink(
    RequestStore store,
    StackAnswers answers,
    AnswerDoor door,
    LinkMachines machines,
    IAmazonEC2 ec2,
    IAmazonElasticLoadBalancingV2 elb,
    StackSettings settings,
    TimeProvider clock,
    ILogger<DeployLink> log)
{
    private const string Superseded = "CloudFormation asked something else of the same resource.";

    [LambdaFunction]
    public async Task<HandledRequest> Handle(JsonElement asked, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        if (StackRequest.Read(asked) is not { } request || !door.Hears(request)) return log.Handled("refused what CloudFormation did not send");
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return RequestRule.Of(request, settings.Partition, today) switch
        {
            Deed.Answer(var given) => await AnswerAsync(request, given, deadline.Token),
            Deed.Run run => await RunAsync(request, run, deadline.Token),
            var other => throw new InvalidOperationException($"There is no deed {other}."),
        };
    }

    private async Task<HandledRequest> AnswerAsync(StackRequest request, StackAnswer given, CancellationToken token)
    {
        await door.PutAsync(request.Answer, given.Body(request), token);
        return log.Handled(given.Succeeded ? "answered that there is nothing to take down" : "answered what is wrong with the document");
    }

    private async Task<HandledRequest> RunAsync(StackRequest request, Deed.Run run, CancellationToken token)
    {
        var pending = await store.FindAsync(PendingRequest.NameOf(request.RequestId), token) ?? await BeginAsync(request, run, token);
        if (pending.IsAnswered) return log.Handled("knows the request, and that it was answered");
        await SupersedeAsync(pending, token);
        return await StartAsync(pending, run.Input, token);
    }

    private async Task<PendingRequest> BeginAsync(StackRequest request, Deed.Run run, CancellationToken token)
    {
        var standsBefore = run.Machine is Machine.Provision && !(await ec2.EverythingOfAsync(elb, new Owner(settings.Stack, run.Link), token)).IsEmpty;
        return await store.BeginAsync(PendingRequest.Of(request, run, standsBefore, clock.GetUtcNow()), token);
    }

    private async Task SupersedeAsync(PendingRequest pending, CancellationToken token)
    {
        foreach (var other in (await store.AllAsync(token)).Where(other => other.IsStoppedBy(pending)))
        {
            if (!other.IsAnswered) await store.CloseAsync(other, token);
            await machines.StopAsync(other, Superseded, token);
        }
    }

    private async Task<HandledRequest> StartAsync(PendingRequest pending, string input, CancellationToken token)
    {
        try
        {
            await machines.StartAsync(pending, input, token);
            return log.Handled($"started {pending.Name} of {pending.Machine} for {pending.Link}");
        }
        catch (ExecutionAlreadyExistsException)
        {
            return log.Handled($"finds that {pending.Name} of {pending.Machine} has ended, whose end answers");
        }
        catch (AmazonServiceException refused)
        {
            await answers.GiveAsync(pending, RequestEnd.Failed(pending, $"The state machine {pending.Machine} could not be started: {refused.Message}"), token);
            return log.Handled($"answered that {pending.Machine} could not be started");
        }
    }
}
