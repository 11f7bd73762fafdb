using System;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.Offline;

/// <summary>Where a service lives: the rules that the services here share (endpoint-rule-set-1.json of each service in botocore), with the partitions of Core.</summary>
internal sealed class ServiceEndpoints(string name, string[] plainFipsRegions) : IEndpointProvider
{
    public const string Region = "Region";
    public const string UseDualStack = "UseDualStack";
    public const string UseFips = "UseFIPS";
    public const string Custom = "Endpoint";

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var (fips, dualStack) = ((bool)parameters[UseFips], (bool)parameters[UseDualStack]);
        if (parameters[Custom] is string { Length: > 0 } url)
        {
            if (fips)
                throw new AmazonClientException("Invalid Configuration: FIPS and custom endpoint are not supported");
            return dualStack ? throw new AmazonClientException("Invalid Configuration: Dualstack and custom endpoint are not supported") : new Endpoint(url);
        }
        if (parameters[Region] is not string { Length: > 0 } region)
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        var partition = Fn.Partition(region);
        if (fips && !partition.supportsFIPS)
            throw new AmazonClientException("FIPS is enabled but this partition does not support FIPS");
        if (dualStack && !partition.supportsDualStack)
            throw new AmazonClientException("DualStack is enabled but this partition does not support DualStack");
        var host = fips && (dualStack || !plainFipsRegions.Contains(region, StringComparer.Ordinal)) ? name + "-fips" : name;
        return new Endpoint($"https://{host}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }
}
