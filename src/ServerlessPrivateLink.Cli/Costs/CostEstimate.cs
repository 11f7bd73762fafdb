using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink.Cli.Costs;

/// <summary>What the estimate is made from.</summary>
/// <param name="Region">Whose prices count.</param>
/// <param name="Zones">Zones of the load balancer.</param>
/// <param name="Transitions">State transitions of one provisioning run.</param>
/// <param name="Invocations">Function invocations of one provisioning run.</param>
/// <param name="Publishes">Messages published by one provisioning run.</param>
/// <param name="Use">What the link is used for.</param>
public sealed record CostBasis(string Region, int Zones, int Transitions, int Invocations, int Publishes, CostAssumptions Use);

/// <summary>What nobody can know beforehand.</summary>
/// <param name="GigabytesPerMonth">Data through the link, both ways together.</param>
/// <param name="RunsPerMonth">Provisioning runs.</param>
/// <param name="SecondsPerInvocation">Billed time of one function invocation, start-up included.</param>
/// <param name="MemoryGigabytes">Memory of one function.</param>
/// <param name="LogMegabytesPerRun">Logs of one provisioning run.</param>
public sealed record CostAssumptions(
    decimal GigabytesPerMonth,
    int RunsPerMonth,
    decimal SecondsPerInvocation,
    decimal MemoryGigabytes,
    decimal LogMegabytesPerRun)
{
    public static readonly CostAssumptions Usual = new(100, 4, 1, 0.5m, 1);
}

/// <summary>One line of the estimate.</summary>
/// <param name="Item">What is paid for.</param>
/// <param name="Usd">US dollars each month.</param>
/// <param name="How">How it was reckoned.</param>
public sealed record CostLine(string Item, decimal Usd, string How);

/// <summary>What a link costs the account that owns the database, each month, without tax and free tiers.</summary>
/// <param name="Region">Whose prices were taken.</param>
/// <param name="PricesOf">The month in which they were list prices.</param>
/// <param name="Lines">What is paid for.</param>
/// <param name="Total">All lines together.</param>
/// <param name="Assumptions">What was assumed.</param>
public sealed record CostEstimate(string Region, string PricesOf, ImmutableArray<CostLine> Lines, decimal Total, ImmutableArray<string> Assumptions)
{
    private const int HoursPerMonth = 730;

    public static CostEstimate For(CostBasis basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        var prices = ListPrices.For(basis.Region);
        var lines = LinesOf(basis, prices);
        return new(prices.Region, ListPrices.Published, lines, lines.Sum(line => line.Usd), AssumptionsOf(basis, prices));
    }

    private static ImmutableArray<CostLine> LinesOf(CostBasis basis, ListPrices prices)
    {
        var use = basis.Use;
        // One capacity unit is one gigabyte an hour; a database's connections stay far below the other two measures.
        var units = use.GigabytesPerMonth;
        var crossing = use.GigabytesPerMonth * CrossingShare(basis.Zones);
        var gigabyteSeconds = basis.Invocations * use.RunsPerMonth * use.SecondsPerInvocation * use.MemoryGigabytes;
        return
        [
            Line("Network Load Balancer", prices.LoadBalancerHour * HoursPerMonth, $"{HoursPerMonth} h at {Usd(prices.LoadBalancerHour)}"),
            Line("Load balancer capacity", units * prices.CapacityUnitHour, $"{Number(use.GigabytesPerMonth)} GB, 1 GB per unit-hour at {Usd(prices.CapacityUnitHour)}"),
            Line("Data between zones", crossing * prices.CrossZoneGigabyte, $"{Number(crossing)} GB at {Usd(prices.CrossZoneGigabyte)} (cross-zone is on)"),
            Line("Customer-managed KMS key", prices.KeyMonth, "one for both topics, shared by all links of the stack"),
            Line("Name watch and schedules", Watching(prices, use), "every second of the month at 64 MB of an Express workflow, and what it invokes; shared by all links of the stack"),
            Line("Step Functions", basis.Transitions * use.RunsPerMonth * prices.Transition, $"{use.RunsPerMonth} runs of {basis.Transitions} transitions at {Usd(prices.Transition * 1000)} per 1,000"),
            Line(
                "Lambda",
                (gigabyteSeconds * prices.LambdaGigabyteSecond) + (basis.Invocations * use.RunsPerMonth * prices.LambdaRequest),
                $"{use.RunsPerMonth} runs of {basis.Invocations} invocations, {Number(use.SecondsPerInvocation)} s at {Number(use.MemoryGigabytes)} GB"),
            Line("SNS", basis.Publishes * use.RunsPerMonth * prices.Publish, $"{basis.Publishes} message(s) per run at {Usd(prices.Publish * 1_000_000)} per million"),
            Line("CloudWatch Logs", use.RunsPerMonth * use.LogMegabytesPerRun / 1024 * prices.LogGigabyte, $"{Number(use.LogMegabytesPerRun)} MB per run at {Usd(prices.LogGigabyte)} per GB"),
            Line("Endpoint service", 0, "AWS charges the consumer's endpoint, not the service"),
        ];
    }

    private static decimal Watching(ListPrices prices, CostAssumptions use)
    {
        const decimal Minutes = HoursPerMonth * 60;
        const decimal WatchSeconds = 63;
        const decimal Gigabytes = 1m / 16;
        // A beat is one question to a resolver nearby; every third of a minute the targets are looked at.
        var (beats, looks) = (Minutes * WatchSeconds / (decimal)FollowProgress.Beat.TotalSeconds, Minutes * 5);
        var seconds = (beats * 0.015m) + (looks * 0.3m);
        return (Minutes * ((WatchSeconds * Gigabytes * prices.ExpressGigabyteSecond) + prices.ExpressRequest))
            + (seconds * use.MemoryGigabytes * prices.LambdaGigabyteSecond) + ((beats + looks) * prices.LambdaRequest);
    }

    private static ImmutableArray<string> AssumptionsOf(CostBasis basis, ListPrices prices) =>
    [
        .. prices.Region == basis.Region ? ImmutableArray<string>.Empty : [$"There is no price list for {basis.Region} here, so {prices.Region}'s is taken."],
        $"{Number(basis.Use.GigabytesPerMonth)} GB a month through the link, evenly spread over {basis.Zones} zone(s), and one target.",
        $"{basis.Use.RunsPerMonth} provisioning runs a month. A link that nobody changes needs none.",
        "List prices without tax, discounts and free tiers; X-Ray traces and log storage come to less than a cent.",
        $"The consumer pays for each of its endpoints: about {Usd(prices.EndpointHour)} an hour and zone, and $0.01 per GB.",
    ];

    // With the target in one of n zones, what enters in the other n - 1 crosses over.
    private static decimal CrossingShare(int zones) => zones < 2 ? 0 : (zones - 1m) / zones;

    private static CostLine Line(string item, decimal usd, string how) => new(item, decimal.Round(usd, 2, MidpointRounding.AwayFromZero), how);

    private static string Usd(decimal price) => "$" + price.ToString("0.#####", CultureInfo.InvariantCulture);

    private static string Number(decimal number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
