using System.Globalization;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>The documented quotas (docs.aws.amazon.com: "Quotas for your Network Load Balancers").</summary>
internal static class Quotas
{
    public const int LoadBalancers = 50;
    public const int Listeners = 50;
    public const int TargetGroups = 3000;
    public const int TargetsPerGroup = 1000;
    private const int TargetsPerZone = 500;
    private const int TargetsPerLoadBalancer = 3000;

    private static readonly (string Name, int Most)[] All =
    [
        ("network-load-balancers", LoadBalancers),
        ("listeners-per-network-load-balancer", Listeners),
        ("target-groups", TargetGroups),
        ("targets-per-availability-zone-per-network-load-balancer", TargetsPerZone),
        ("targets-per-network-load-balancer", TargetsPerLoadBalancer),
    ];

    public static Answer Describe(ApiCall call)
    {
        call.Demand("*");
        var page = ElbPage.Of(call, All);
        return Answer.Of(
            Xml.List("Limits", "member", page.Items, quota => [Xml.Of("Name", quota.Name), Xml.Of("Max", quota.Most.ToString(CultureInfo.InvariantCulture))]),
            Xml.Of("NextMarker", page.Next));
    }
}

/// <summary>Pages of 1 to 400 entries.</summary>
internal static class ElbPage
{
    private const int Largest = 400;

    public static Page<T> Of<T>(ApiCall call, IEnumerable<T> all)
    {
        var size = call.Form.Number("PageSize") ?? Largest;
        if (size is < 1 or > Largest)
            throw ElbErrors.Invalid($"1 validation error detected: Value '{size}' at 'pageSize' failed to satisfy constraint: Member must have value between 1 and {Largest}");
        return Page.Of(all, size, call.Form.Text("Marker"), () => ElbErrors.Invalid("Invalid marker"));
    }
}
