using System.Globalization;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>What the account is told of its quotas.</summary>
internal static class AccountLimits
{
    public static Answer Describe(ApiCall call)
    {
        call.Demand("*");
        var quotas = call.Cloud.Quotas;
        (string Name, int Most)[] all =
        [
            ("network-load-balancers", quotas.LoadBalancers),
            ("listeners-per-network-load-balancer", quotas.ListenersPerLoadBalancer),
            ("target-groups", quotas.TargetGroups),
            ("targets-per-availability-zone-per-network-load-balancer", quotas.TargetsPerZone),
            ("targets-per-network-load-balancer", quotas.TargetsPerLoadBalancer),
        ];
        var page = ElbPage.Of(call, all);
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
