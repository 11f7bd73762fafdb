using LocalAws;
using LocalAws.Dns;
using LocalAws.Rds;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>What happens in the world of a seed, whoever follows the database there.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Database">The database that moves.</param>
/// <param name="Phase">How far the slowest schedule is on its way to its next run, from 0 to 1.</param>
/// <param name="Course">How it moves.</param>
internal sealed record DrawnCourse(int Seed, DatabaseCase Database, double Phase, FailoverCourse Course)
{
    /// <summary>When a resolver that asks afresh first gets the new address, from the beginning of the move: troubles of the name may last longer than its old answer.</summary>
    public TimeSpan Shows
    {
        get
        {
            var at = Course.DnsMovesAfter;
            while (Course.Troubles.LastOrDefault(one => one.After <= at && at < one.After + one.Lasts) is { } trouble)
            {
                var turn = (long)((at - trouble.After) / NameServer.TimeToLive);
                if (trouble.Answer is null && turn % 2 == 1) break;
                var next = trouble.After + (trouble.Answer is null ? NameServer.TimeToLive * (turn + 1) : trouble.Lasts);
                at = next < trouble.After + trouble.Lasts ? next : trouble.After + trouble.Lasts;
            }

            return at;
        }
    }

    /// <summary>Whether an event arrives before that.</summary>
    public bool IsTold => Course.Announcements.Any(one => one.ArrivesAfter.Any(arrival => arrival < Shows));

    public static DrawnCourse Of(int seed)
    {
        var chance = new Chance(seed).Apart("failover benchmark");
        var database = DatabaseCase.All[chance.Next(0, DatabaseCase.All.Length - 1)];
        return new(seed, database, chance.NextDouble(), FailoverCourse.Draw(chance, database.Kind));
    }
}
