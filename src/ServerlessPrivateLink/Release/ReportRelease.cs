using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <param name="Link">The link's name.</param>
/// <param name="Found">What there was of it.</param>
/// <param name="Checks">How often it was looked for.</param>
/// <param name="Limit">How often it is looked for in all.</param>
/// <param name="MadeBy">The mark of the execution whose work goes; empty: all that is the link's.</param>
public sealed record ReportReleaseInput(string Link, ImmutableArray<Remnant> Found, int Checks, int Limit, string MadeBy);

/// <param name="Link">The link's name.</param>
/// <param name="Released">Whether nothing is left of it.</param>
/// <param name="Found">What there was of it.</param>
/// <param name="Remaining">What there is of it now.</param>
/// <param name="Kept">Where one execution's work goes: what there is of the link beside it.</param>
/// <param name="Checks">How often it was looked for.</param>
public sealed record ReportReleaseOutput(string Link, bool Released, ImmutableArray<Remnant> Found, ImmutableArray<Remnant> Remaining, ImmutableArray<Remnant> Kept, int Checks);

/// <summary>Looks once more for everything that carries the link's tags, and tells people when nothing does.</summary>
public sealed class ReportRelease(IAmazonEC2 ec2, IAmazonElasticLoadBalancingV2 elb, AlertTopic alerts, StackSettings settings, TimeProvider clock)
{
    public const string Event = "link.released";

    [LambdaFunction]
    public async Task<ReportReleaseOutput> Handle(ReportReleaseInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var owner = new Owner(settings.Stack, input.Link, input.MadeBy);
        var remaining = await ec2.EverythingOfAsync(elb, owner, deadline.Token);
        ImmutableArray<Remnant> found = [.. input.Found.Union(remaining)];
        var checks = input.Checks + 1;
        if (!remaining.IsEmpty && checks >= input.Limit) throw new NotGoneException([.. remaining.Select(static one => new Held(one))], checks);

        // Where nothing was, nothing has happened that people are to know; of a failed execution its own alert tells.
        if (remaining.IsEmpty && !found.IsEmpty && input.MadeBy.Length == 0) await alerts.PublishAsync(Told(input.Link, found), deadline.Token);
        var kept = input.MadeBy.Length == 0 ? [] : await ec2.EverythingOfAsync(elb, owner with { MadeBy = "" }, deadline.Token);
        return new(input.Link, remaining.IsEmpty, found, remaining, kept, checks);
    }

    private static Alert Told(string link, ImmutableArray<Remnant> found) => new(
        Event,
        Severity.Info,
        link,
        $"The link {link} is released: nothing carries its tags any more.",
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("count", found.Length.ToString(CultureInfo.InvariantCulture))
            .Add("removed", Remnant.List(found)),
        "Nothing. Consumers can delete their endpoints; they lead nowhere now.")
    {
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{link}\n{Remnant.List(found)}")))[..32],
    };
}
