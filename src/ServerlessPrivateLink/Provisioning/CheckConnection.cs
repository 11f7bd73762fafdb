using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.EC2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

/// <param name="Link">The link's name.</param>
/// <param name="ServiceId">Its endpoint service.</param>
/// <param name="Since">When the waiting began.</param>
/// <param name="AwaitSeconds">How long it may last.</param>
public sealed record CheckConnectionInput(string Link, string ServiceId, DateTimeOffset Since, int AwaitSeconds);

/// <param name="Done">Whether a connection is available or the time is up.</param>
/// <param name="EndpointId">The endpoint that is connected; null: none.</param>
/// <param name="WaitSeconds">When to look again.</param>
public sealed record CheckConnectionOutput(bool Done, string? EndpointId, int WaitSeconds);

/// <summary>Whether the first consumer is connected. When the time is up it says so to people; the link stands either way.</summary>
public sealed class CheckConnection(IAmazonEC2 ec2, AlertTopic alerts, TimeProvider clock)
{
    public const string Event = "connection.missing";

    private const int Often = 30;
    private const int Seldom = 300;

    private static readonly TimeSpan FirstHour = TimeSpan.FromHours(1);

    [LambdaFunction]
    public async Task<CheckConnectionOutput> Handle(CheckConnectionInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var available = await ec2.ConnectionsAsync(
            [Ec2Reads.Filter("service-id", input.ServiceId), Ec2Reads.Filter("vpc-endpoint-state", "available")],
            deadline.Token);
        if (available.FirstOrDefault() is { } connected) return new(Done: true, connected.VpcEndpointId, 0);

        var waited = clock.GetUtcNow() - input.Since;
        var left = TimeSpan.FromSeconds(input.AwaitSeconds) - waited;
        if (left > TimeSpan.Zero) return new(Done: false, null, (int)Math.Ceiling(Math.Min(left.TotalSeconds, waited < FirstHour ? Often : Seldom)));

        await alerts.PublishAsync(Missing(input), deadline.Token);
        return new(Done: true, null, 0);
    }

    private static Alert Missing(CheckConnectionInput input)
    {
        var time = TimeSpan.FromSeconds(input.AwaitSeconds).ToString("c", CultureInfo.InvariantCulture);
        return new(
            Event,
            Severity.Warning,
            input.Link,
            $"Nobody has connected to the link {input.Link} within {time}. The link stands, and connections are still answered.",
            ImmutableSortedDictionary<string, string>.Empty.Add("serviceId", input.ServiceId).Add("waited", time),
            "Ask the consumer whether it created its endpoint; what it needs for that is in the alert link.ready.")
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{input.ServiceId}\n{input.Since:O}")))[..32],
        };
    }
}
