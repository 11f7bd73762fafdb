using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>Signatures recomputed without the SDK, after "Create a signed AWS API request" of the IAM User Guide.</summary>
public sealed partial class SignatureTests
{
    private static readonly Dictionary<string, string> SigningNames = new(StringComparer.Ordinal)
    {
        ["AWSSDK.EC2"] = "ec2",
        ["AWSSDK.ElasticLoadBalancingV2"] = "elasticloadbalancing",
        ["AWSSDK.RDS"] = "rds",
        ["AWSSDK.SimpleNotificationService"] = "sns",
        ["AWSSDK.StepFunctions"] = "states",
        ["AWSSDK.Lambda"] = "lambda",
        ["AWSSDK.ResourceGroupsTaggingAPI"] = "tagging",
        ["AWSSDK.SimpleSystemsManagement"] = "ssm",
        ["AWSSDK.CloudWatch"] = "monitoring",
    };

    public static TheoryData<string> Packages => new(AwsSurface.Packages);

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Each_request_is_signed_for_its_service_and_region(string package)
    {
        var transport = new Transport(Answer.Ok(package is "AWSSDK.StepFunctions" or "AWSSDK.Lambda" or "AWSSDK.ResourceGroupsTaggingAPI" or "AWSSDK.SimpleSystemsManagement" ? "{}" : "<R/>"));
        using var client = transport.Named(package);
        var (operation, json) = Clients.Operations(package).First();

        await client.Call(operation, new Samples(package).Filled(Clients.Model(package, AwsSurface.Text(json, "request"))));

        var (scope, _, signature) = Authorization(transport.Only);
        Assert.EndsWith($"/eu-central-1/{SigningNames[package]}/aws4_request", scope, StringComparison.Ordinal);
        Assert.Equal(Recomputed(transport.Only), signature);
    }

    [Fact]
    public async Task A_service_url_is_signed_for_the_authentication_region()
    {
        var transport = new Transport(Answer.Ok("<R/>"));
        var config = transport.Configure(new AmazonEC2Config());
        config.ServiceURL = "http://127.0.0.1:4566";
        config.AuthenticationRegion = "ap-south-2";
        using var client = new AmazonEC2Client(new BasicAWSCredentials(Clients.AccessKey, Clients.SecretKey), config);

        await client.DescribeSubnetsAsync(new DescribeSubnetsRequest());

        Assert.Equal("http://127.0.0.1:4566/", transport.Only.Uri.AbsoluteUri);
        Assert.EndsWith("/ap-south-2/ec2/aws4_request", Authorization(transport.Only).Scope, StringComparison.Ordinal);
        Assert.Equal(Recomputed(transport.Only), Authorization(transport.Only).Signature);
    }

    [Fact]
    public async Task The_token_of_temporary_credentials_is_sent_and_signed()
    {
        var transport = new Transport(Answer.Ok("<R/>"));
        using var client = new AmazonEC2Client(Clients.AccessKey, Clients.SecretKey, "session", transport.Configure(new AmazonEC2Config()));

        await client.DescribeSubnetsAsync();

        Assert.Equal("session", transport.Only.Headers["x-amz-security-token"]);
        Assert.Contains("x-amz-security-token", Authorization(transport.Only).Headers);
        Assert.Equal(Recomputed(transport.Only), Authorization(transport.Only).Signature);
    }

    private static (string Scope, string[] Headers, string Signature) Authorization(Sent sent)
    {
        var parts = AuthorizationForm().Match(sent.Headers["authorization"]);
        Assert.True(parts.Success, sent.Headers["authorization"]);
        Assert.Equal(Clients.AccessKey, parts.Groups["key"].Value);
        return (parts.Groups["scope"].Value, parts.Groups["headers"].Value.Split(';'), parts.Groups["signature"].Value);
    }

    private static string Recomputed(Sent sent)
    {
        var (scope, headers, _) = Authorization(sent);
        var values = headers.Select(name => $"{name}:{(name == "host" ? sent.Uri.Authority : sent.Headers[name])}\n");
        var path = string.Join('/', sent.Uri.AbsolutePath.Split('/').Select(Uri.EscapeDataString));
        var canonical = string.Join('\n',
            sent.Method.Method, path, sent.Uri.Query.TrimStart('?'), string.Concat(values), string.Join(';', headers), Hex(SHA256.HashData(sent.Body)));
        var text = string.Join('\n', "AWS4-HMAC-SHA256", sent.Headers["x-amz-date"], scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + Clients.SecretKey), Hmac);
        return Hex(Hmac(key, text));
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), SignedHeaders=(?<headers>[^,]+), Signature=(?<signature>[0-9a-f]{64})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AuthorizationForm();
}
