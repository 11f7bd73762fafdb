namespace ServerlessPrivateLink.Cli.Costs;

/// <summary>
/// AWS's public on-demand prices in US dollars, from aws.amazon.com/elasticloadbalancing/pricing, /privatelink/pricing,
/// /ec2/pricing/on-demand (data transfer), /lambda/pricing, /step-functions/pricing, /sns/pricing, /kms/pricing and /cloudwatch/pricing.
/// </summary>
/// <param name="Region">Where they hold.</param>
/// <param name="LoadBalancerHour">One Network Load Balancer, one hour.</param>
/// <param name="CapacityUnitHour">One NLCU, one hour.</param>
/// <param name="CrossZoneGigabyte">Data between zones, charged where it leaves and where it enters.</param>
/// <param name="EndpointHour">One interface endpoint in one zone, one hour; the consumer's.</param>
/// <param name="KeyMonth">One customer-managed key.</param>
/// <param name="Transition">One transition of a Standard workflow.</param>
/// <param name="ExpressGigabyteSecond">Duration of Express workflows.</param>
/// <param name="ExpressRequest">One execution of an Express workflow.</param>
/// <param name="LambdaGigabyteSecond">On arm64.</param>
/// <param name="LambdaRequest">One invocation.</param>
/// <param name="Publish">One SNS request.</param>
/// <param name="LogGigabyte">Logs, when they are taken in.</param>
public sealed record ListPrices(
    string Region,
    decimal LoadBalancerHour,
    decimal CapacityUnitHour,
    decimal CrossZoneGigabyte,
    decimal EndpointHour,
    decimal KeyMonth,
    decimal Transition,
    decimal ExpressGigabyteSecond,
    decimal ExpressRequest,
    decimal LambdaGigabyteSecond,
    decimal LambdaRequest,
    decimal Publish,
    decimal LogGigabyte)
{
    public const string Published = "2026-08";

    public static readonly ListPrices Virginia = new(
        "us-east-1", 0.0225m, 0.006m, 0.02m, 0.01m, 1m, 0.000025m, 0.00001667m, 0.000001m, 0.0000133334m, 0.0000002m, 0.0000005m, 0.50m);

    public static readonly ListPrices Frankfurt = Virginia with
    {
        Region = "eu-central-1",
        LoadBalancerHour = 0.027m,
        EndpointHour = 0.012m,
        LogGigabyte = 0.63m,
    };

    /// <summary>Those of a Region; where they are not known, those of us-east-1, and <see cref="Region"/> says so.</summary>
    public static ListPrices For(string region) => region == Frankfurt.Region ? Frankfurt : Virginia;
}
