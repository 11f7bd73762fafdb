using System.Net;
using LocalAws.Wire;

namespace LocalAws.Doors;

/// <summary>How to answer a request for a service that is not here, so that the client of that service can read the answer.</summary>
internal static class ForeignProtocol
{
    private const string JsonType = "application/x-amz-json-";

    private static readonly QueryProtocol Xml = new("");
    private static readonly RestJsonProtocol RestJson = new();

    /// <summary>The protocol that the request looks like. Of REST requests without a form, only those to S3 want XML.</summary>
    public static WireProtocol Of(WireRequest request)
    {
        var type = request.Header("Content-Type") ?? "";
        if (type.StartsWith(JsonType, StringComparison.OrdinalIgnoreCase))
            return new JsonProtocol("", type[JsonType.Length..]);
        var isXml = type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || request.Header("Authorization")?.Contains("/s3/aws4_request", StringComparison.Ordinal) is true;
        return isXml ? Xml : RestJson;
    }

    public static AwsErrorException NoService(string message) => new("UnknownService", message, HttpStatusCode.NotFound);
}
