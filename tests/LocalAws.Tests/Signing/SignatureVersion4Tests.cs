using LocalAws.Signing;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Signing;

/// <summary>The cases of AWS's Signature Version 4 test suite, and the example of the IAM User Guide.</summary>
public sealed class SignatureVersion4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Timestamp = "20150830T123600Z";

    [Theory]
    [InlineData("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")]
    [InlineData("GET", "/ሴ", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("GET", "/example space/", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741")]
    [InlineData("GET", "/example/..", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "//./example//", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84")]
    [InlineData("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void A_plain_request_has_the_known_signature(string method, string target, string signature) =>
        Assert.Equal(signature, Sign(Requests.Of(method, target, "", ("Host", "example.amazonaws.com"), ("X-Amz-Date", Timestamp)), "host;x-amz-date"));

    [Fact]
    public void A_form_is_hashed() => Assert.Equal(
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        Sign(
            Requests.Of("POST", "/", "Param1=value1", ("Content-Type", "application/x-www-form-urlencoded"), ("Host", "example.amazonaws.com"), ("X-Amz-Date", Timestamp)),
            "content-type;host;x-amz-date"));

    [Fact]
    public void Spaces_in_headers_are_folded() => Assert.Equal(
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
        Sign(
            Requests.Of("GET", "/", "", ("Host", "example.amazonaws.com"), ("My-Header1", " value1"), ("My-Header2", " \"a   b   c\""), ("X-Amz-Date", Timestamp)),
            "host;my-header1;my-header2;x-amz-date"));

    [Fact]
    public void An_encoded_path_is_encoded_once_more() => Assert.Equal(
        "a47849067d281a0b381702423b1459d3f9b3e03f01c3fa50e0423f7ed6d31878",
        Sign(
            Requests.Of("POST", "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations?Qualifier=%24LATEST", "{}", ("Host", "x"), ("X-Amz-Date", Timestamp)),
            "host;x-amz-date"));

    [Fact]
    public void The_documented_example_comes_out_step_by_step()
    {
        var request = Requests.Of("GET", "/?Action=ListUsers&Version=2010-05-08", "", ("Content-Type", Requests.Form), ("Host", "iam.amazonaws.com"), ("X-Amz-Date", Timestamp));
        var scope = new CredentialScope("20150830", "us-east-1", "iam", "aws4_request");

        var text = SignatureVersion4.TextToSign(Timestamp, scope, SignatureVersion4.CanonicalRequest(request, ["content-type", "host", "x-amz-date"]));

        Assert.Equal("AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\nf536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59", text);
        Assert.Equal("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", SignatureVersion4.Sign(Secret, scope, text));
    }

    private static string Sign(WireRequest request, string headers)
    {
        var scope = new CredentialScope("20150830", "us-east-1", "service", "aws4_request");
        return SignatureVersion4.Sign(Secret, scope, SignatureVersion4.TextToSign(Timestamp, scope, SignatureVersion4.CanonicalRequest(request, headers.Split(';'))));
    }
}
