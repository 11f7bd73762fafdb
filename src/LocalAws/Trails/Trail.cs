using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Trails;

/// <summary>
/// A trail of AWS CloudTrail that logs write management events. Only where there is one does EventBridge hear of API calls, some
/// time later and in no order (Amazon EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"). Here: of Amazon EC2's.
/// </summary>
public sealed class Trail
{
    private const string Type = "AWS API Call via CloudTrail";

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(60);

    private readonly Cloud cloud;
    private readonly Chance chance;

    internal Trail(Cloud cloud)
    {
        this.cloud = cloud;
        chance = cloud.Chance.Apart("trail");
    }

    /// <summary>Whether there is one; a new account has none.</summary>
    public bool IsOn { get; set; }

    /// <summary>A call was answered, or refused.</summary>
    internal void Note(ApiCall call, IssuedKey key, Answer? answer, AwsErrorException? error)
    {
        if (!IsOn || !call.Operation.Mutates || call.Service.SigningName is not "ec2")
            return;
        var now = cloud.Time.GetUtcNow();
        var record = TrailRecord.Of(call, key, answer, error, now, chance.Uuid());
        _ = TellAsync();

        async Task TellAsync()
        {
            await cloud.Time.Delay(chance.Between(Soonest, Latest), CancellationToken.None).ConfigureAwait(false);
            cloud.Events.Put("aws.ec2", Type, now, record);
        }
    }
}
