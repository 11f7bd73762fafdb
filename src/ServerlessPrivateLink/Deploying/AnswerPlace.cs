namespace ServerlessPrivateLink.Deploying;

/// <summary>Whose requests are heard, and where answers may go: this account's stacks of this Region, and CloudFormation's own bucket there.</summary>
/// <param name="Partition">Such as <c>aws</c>.</param>
/// <param name="Region">The Region.</param>
/// <param name="AccountId">The account.</param>
/// <param name="DnsSuffix">The partition's, such as <c>amazonaws.com</c>.</param>
public sealed record AnswerPlace(string Partition, string Region, string AccountId, string DnsSuffix)
{
    public bool Hears(StackRequest request) =>
        request.StackId.StartsWith($"arn:{Partition}:cloudformation:{Region}:{AccountId}:stack/", StringComparison.Ordinal) && Takes(request.Answer);

    /// <summary>
    /// The bucket's name has the Region without its hyphens ("Access CloudFormation using an interface endpoint", AWS CloudFormation User Guide);
    /// S3 has had three forms of a bucket's host ("Virtual hosting of general purpose buckets", Amazon S3 User Guide).
    /// </summary>
    public bool Takes(Uri answer)
    {
        var bucket = $"cloudformation-custom-resource-response-{Region.Replace("-", "", StringComparison.Ordinal)}";
        return answer.IsAbsoluteUri && answer.Scheme == Uri.UriSchemeHttps && answer.IsDefaultPort && answer.UserInfo.Length == 0
            && (answer.Host == $"{bucket}.s3.{Region}.{DnsSuffix}" || answer.Host == $"{bucket}.s3-{Region}.{DnsSuffix}" || answer.Host == $"{bucket}.s3.{DnsSuffix}");
    }
}
