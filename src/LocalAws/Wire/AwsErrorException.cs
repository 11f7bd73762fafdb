using System.Net;

namespace LocalAws.Wire;

/// <summary>A refusal in a service's own words; the protocol writes it as that service would.</summary>
/// <param name="code">The service's error code, such as <c>InvalidGroup.NotFound</c>.</param>
/// <param name="message">The service's message.</param>
/// <param name="status">The HTTP status; 400 for most refusals.</param>
public sealed class AwsErrorException(string code, string message, HttpStatusCode status = HttpStatusCode.BadRequest) : Exception(message)
{
    /// <summary>The service's error code.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The service's word for why, where its errors have one besides the message; null: none.</summary>
    public string? Reason { get; init; }
}
