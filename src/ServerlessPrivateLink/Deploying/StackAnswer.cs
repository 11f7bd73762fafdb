using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace ServerlessPrivateLink.Deploying;

/// <summary>What CloudFormation is answered ("Custom resource response objects", AWS CloudFormation User Guide).</summary>
/// <param name="Succeeded">Whether what was asked is done.</param>
/// <param name="Reason">Why not; it becomes part of the stack's event.</param>
/// <param name="PhysicalId">What the resource is now.</param>
/// <param name="Data">Its attributes.</param>
public sealed record StackAnswer(bool Succeeded, string Reason, string PhysicalId, ImmutableSortedDictionary<string, string> Data)
{
    /// <summary>What CloudFormation takes.</summary>
    public const int MostBytes = 4_096;

    // An event shows little more, and what is not yet sent must be kept beside its address.
    private const int LongestReason = 1_000;

    private static readonly ImmutableSortedDictionary<string, string> Nothing = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static StackAnswer Success(string physicalId, ImmutableSortedDictionary<string, string>? data = null) => new(true, "", physicalId, data ?? Nothing);

    /// <summary>The end of a reason says what to do, so it is cut in its middle.</summary>
    public static StackAnswer Failure(string physicalId, string reason) => new(false, Short(reason.Length == 0 ? "No reason was given." : reason, LongestReason), physicalId, Nothing);

    /// <summary>The body that is sent, whose size has a limit.</summary>
    public byte[] Body(StackRequest request) => Body(request.StackId, request.RequestId, request.LogicalId);

    public byte[] Body(string stackId, string requestId, string logicalId)
    {
        for (var longest = LongestReason; ; longest /= 2)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new ResponseObject(Succeeded ? "SUCCESS" : "FAILED", Short(Reason, longest), PhysicalId, stackId, requestId, logicalId, Data),
                Wire.Default.ResponseObject);
            if (body.Length <= MostBytes || longest == 0) return body;
        }
    }

    private static string Short(string text, int most)
    {
        const string Gap = " … ";
        if (text.Length <= most) return text;
        var left = Math.Max(0, most - Gap.Length);
        return Whole($"{text[..(left / 3)]}{Gap}{text[^(left - (left / 3))..]}");
    }

    // A cut may part the two halves of a character.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

/// <summary>The answer in AWS's own words.</summary>
public sealed record ResponseObject(
    string Status,
    string Reason,
    string PhysicalResourceId,
    string StackId,
    string RequestId,
    string LogicalResourceId,
    ImmutableSortedDictionary<string, string> Data);
