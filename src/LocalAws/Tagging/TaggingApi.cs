using System.Net;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Tagging;

/// <summary>The Resource Groups Tagging API on the wire, API version 2017-01-26.</summary>
public sealed class TaggingApi(TagIndex index) : ServiceApi
{
    /// <inheritdoc/>
    public override string SigningName => "tagging";

    /// <inheritdoc/>
    public override string IamPrefix => "tag";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new JsonProtocol("ResourceGroupsTaggingAPI_20170126", "1.1");

    /// <inheritdoc/>
    public override AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("AccessDeniedException", denied.Message);
    }

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("ThrottledException", "Rate exceeded");

    /// <inheritdoc/>
    public override AwsErrorException Failed() => new("InternalServiceException", "The request processing failed because of an unknown error, exception, or failure.", HttpStatusCode.InternalServerError);

    /// <inheritdoc/>
    public override AwsErrorException Unknown(string operation) =>
        new("UnknownOperationException", $"There is no operation {operation}. Known here: {string.Join(", ", Operations.Keys.Order(StringComparer.Ordinal))}.");

    /// <inheritdoc/>
    public override AwsErrorException UnknownKey() => new("UnrecognizedClientException", "The security token included in the request is invalid.");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() => [Operation.Reads("GetResources", GetResources)];

    private Answer GetResources(ApiCall call)
    {
        call.Demand("*");
        var query = ResourceQuery.Read(call.Body);
        var (page, next) = query.Page(index.Now, call.Cloud.Time.GetUtcNow());
        return Answer.Of(new JsonObject
        {
            ["PaginationToken"] = next,
            ["ResourceTagMappingList"] = new JsonArray([.. page.Select(found => new JsonObject
            {
                ["ResourceARN"] = found.Arn,
                ["Tags"] = new JsonArray([.. found.Tags.Values.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
            })]),
        });
    }
}
