using System.Net;
using System.Net.Mail;

namespace LocalAws.Sns;

/// <summary>Which endpoints can be subscribed here (Amazon SNS API Reference: Subscribe).</summary>
internal static class SubscriptionRules
{
    private const string Known = "sqs, lambda, email, email-json, http";

    /// <exception cref="Wire.AwsErrorException"><c>InvalidParameter</c>.</exception>
    public static void Check(Cloud cloud, string protocol, string endpoint)
    {
        switch (protocol)
        {
            case "sqs" when endpoint.Split(':') is ["arn", _, "sqs", var region, var account, { Length: > 0 }]:
                Demand(region == cloud.Options.Region && account == cloud.Options.AccountId, "Endpoint Reason: only a queue of this account and Region is imitated");
                break;
            case "sqs":
                throw PublishForm.Invalid("SQS endpoint ARN");
            case "lambda":
                Demand(endpoint.Split(':') is ["arn", _, "lambda", _, _, "function", { Length: > 0 }], "Lambda endpoint ARN");
                break;
            case "email" or "email-json":
                Demand(MailAddress.TryCreate(endpoint, out _), "Email address");
                break;
            case "http":
                Demand(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp, "Endpoint must match the specified protocol");
                Demand(IsLoopback(new Uri(endpoint)), $"Endpoint Reason: '{endpoint}' is not on the loopback, and nothing is sent beyond it");
                Demand(cloud.Sns.Http is not null, "Endpoint Reason: nobody here sends over HTTP");
                break;
            default:
                throw PublishForm.Invalid($"Protocol Reason: '{protocol}' is not imitated. Known here: {Known}");
        }
    }

    /// <summary>Whether the endpoint has to agree first.</summary>
    public static bool MustConfirm(string protocol) => protocol is not ("sqs" or "lambda");

    private static bool IsLoopback(Uri uri) => IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? IPAddress.IsLoopback(address) : uri.Host is "localhost";

    private static void Demand(bool holds, string what)
    {
        if (!holds)
            throw PublishForm.Invalid(what);
    }
}
