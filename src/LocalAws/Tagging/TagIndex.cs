using System.Collections.Immutable;

namespace LocalAws.Tagging;

/// <summary>
/// What the Resource Groups Tagging API knows of the account's tags. It hears of a change some seconds late, and of a deletion minutes late:
/// the guide promises no delay, and users have seen deleted resources for hours (github.com/aws/aws-sdk issues 302 and 676).
/// </summary>
public sealed class TagIndex
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LatestHeard = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LatestForgotten = TimeSpan.FromMinutes(5);

    private readonly OrderedDictionary<string, Known> resources = new(StringComparer.Ordinal);
    private readonly Chance chance;
    private readonly TimeProvider time;

    internal TagIndex(Cloud cloud)
    {
        time = cloud.Time;
        chance = cloud.Chance.Apart("tagging");
    }

    /// <summary>The resources that are tagged, or once were, and the tags that the index has heard of; oldest first.</summary>
    internal IEnumerable<(string Arn, Tags Tags)> Now
    {
        get
        {
            var now = time.GetUtcNow();
            return resources.Where(known => known.Value.IsListedAt(now)).Select(known => (known.Key, known.Value.TagsAt(now)));
        }
    }

    /// <summary>A resource has these tags from now on.</summary>
    /// <param name="arn">Its ARN.</param>
    /// <param name="tags">All its tags.</param>
    /// <param name="exists">Whether its own service still shows it.</param>
    internal void Note(string arn, Tags tags, Func<bool> exists)
    {
        if (!resources.TryGetValue(arn, out var known))
        {
            if (!tags.Any)
                return;
            resources[arn] = known = new(exists);
        }

        known.Change(time.GetUtcNow() + chance.Between(Soonest, LatestHeard), tags);
    }

    /// <summary>A stack made a resource with these tags. A deployment takes its minutes, so they are known when it ends.</summary>
    internal void NoteDeployed(string arn, Tags tags)
    {
        resources[arn] = new(static () => true);
        resources[arn].Change(time.GetUtcNow(), tags);
    }

    /// <summary>A resource is gone.</summary>
    internal void Forget(string arn)
    {
        if (resources.GetValueOrDefault(arn) is { } known)
            known.ForgottenAt = time.GetUtcNow() + chance.Between(Soonest, LatestForgotten);
    }

    private sealed class Known(Func<bool> exists)
    {
        private ImmutableArray<(DateTimeOffset From, Tags Tags)> heard = [];

        public DateTimeOffset? ForgottenAt { get; set; }

        public bool IsListedAt(DateTimeOffset now) => heard[0].From <= now && (ForgottenAt is { } gone ? now < gone : exists());

        public Tags TagsAt(DateTimeOffset now) => heard.Last(change => change.From <= now).Tags;

        /// <summary>Changes are heard of in their order.</summary>
        public void Change(DateTimeOffset from, Tags tags) => heard = heard.IsEmpty ? [(from, tags)] : heard.Add((from > heard[^1].From ? from : heard[^1].From, tags));
    }
}
