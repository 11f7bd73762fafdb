using Amazon;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using LocalAws.Access;
using Xunit;

namespace LocalAws.Tests.Parameters;

public sealed class ParameterStoreTests : IDisposable
{
    private readonly Cloud cloud = new(CloudOptions.Default);
    private readonly AmazonSimpleSystemsManagementClient ssm;

    public ParameterStoreTests() => ssm = Client(cloud.Operator);

    public void Dispose() => ssm.Dispose();

    [Fact]
    public void A_parameter_is_written_once_unless_it_may_be_overwritten()
    {
        Put("/a/b", "1", overwrite: false);

        Assert.Throws<ParameterAlreadyExistsException>(() => Put("/a/b", "2", overwrite: false));
        Assert.Equal("1", Get("/a/b", decrypted: true));
        Put("/a/b", "2", overwrite: true);
        Assert.Equal(("2", "1"), (Get("/a/b", decrypted: true), Get("/a/b:1", decrypted: true)));
    }

    [Fact]
    public void A_secret_is_told_only_to_those_who_ask_for_decryption()
    {
        Put("/a/b", "secret", overwrite: false);

        Assert.DoesNotContain("secret", Get("/a/b", decrypted: false), StringComparison.Ordinal);
        Assert.Equal("secret", Get("/a/b", decrypted: true));
    }

    [Fact]
    public void A_path_is_read_page_by_page_without_what_lies_deeper()
    {
        foreach (var number in Enumerable.Range(10, 12)) Put($"/a/{number}", $"{number}", overwrite: false);
        Put("/a/deeper/1", "1", overwrite: false);
        Put("/ab", "1", overwrite: false);

        var first = cloud.Time.Run(() => ssm.GetParametersByPathAsync(new() { Path = "/a", WithDecryption = true }));
        var second = cloud.Time.Run(() => ssm.GetParametersByPathAsync(new() { Path = "/a", WithDecryption = true, NextToken = first.NextToken }));

        Assert.Equal(Enumerable.Range(10, 12).Select(number => $"{number}"), first.Parameters.Concat(second.Parameters).Select(found => found.Value));
        Assert.Equal((10, null), (first.Parameters.Count, second.NextToken));
    }

    [Fact]
    public void What_is_deleted_is_not_found_and_cannot_be_deleted_again()
    {
        Put("/a/b", "1", overwrite: false);
        cloud.Time.Run(() => ssm.DeleteParameterAsync(new() { Name = "/a/b" }));

        Assert.Throws<ParameterNotFoundException>(() => Get("/a/b", decrypted: true));
        Assert.Throws<ParameterNotFoundException>(() => cloud.Time.Run(() => ssm.DeleteParameterAsync(new() { Name = "/a/b" })));
    }

    [Fact]
    public void Whom_a_policy_lets_read_a_path_can_read_nothing_beside_it()
    {
        Put("/a/b", "1", overwrite: false);
        Put("/c/d", "1", overwrite: false);
        var reader = new Statement("Read", false, ["ssm:GetParameter", "ssm:GetParametersByPath"], [cloud.Arn("ssm", "parameter/a/*")], []);
        using var limited = Client(cloud.Access.Issue(new Caller(cloud.Arn("sts", "assumed-role/reader/x"), cloud.Options.AccountId, "reader", [new Policy("own", [reader])], ConditionKeys.None), temporary: false));

        Assert.Equal("1", cloud.Time.Run(() => limited.GetParameterAsync(new() { Name = "/a/b", WithDecryption = true })).Parameter.Value);
        Assert.Equal("AccessDeniedException", Assert.Throws<AmazonSimpleSystemsManagementException>(() => cloud.Time.Run(() => limited.GetParameterAsync(new() { Name = "/c/d" }))).ErrorCode);
        Assert.Equal("AccessDeniedException", Assert.Throws<AmazonSimpleSystemsManagementException>(() => cloud.Time.Run(() => limited.GetParametersByPathAsync(new() { Path = "/c" }))).ErrorCode);
    }

    [Theory]
    [InlineData("/aws/mine")]
    [InlineData("ssm-mine")]
    [InlineData("with space")]
    public void A_name_that_aws_keeps_or_cannot_take_is_refused(string name) =>
        Assert.Equal("ValidationException", Assert.Throws<AmazonSimpleSystemsManagementException>(() => Put(name, "1", overwrite: false)).ErrorCode);

    [Fact]
    public void A_standard_parameter_holds_4096_bytes()
    {
        Put("/a/b", new('x', 4096), overwrite: false);

        Assert.Equal("ValidationException", Assert.Throws<AmazonSimpleSystemsManagementException>(() => Put("/a/b", new('x', 4097), overwrite: true)).ErrorCode);
    }

    private AmazonSimpleSystemsManagementClient Client(IssuedKey key) => new(
        key.SessionToken is { } token ? new SessionAWSCredentials(key.AccessKeyId, key.SecretAccessKey, token) : new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey),
        new AmazonSimpleSystemsManagementConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(cloud.Options.Region), HttpClientFactory = cloud.Door, MaxErrorRetry = 0 });

    private void Put(string name, string value, bool overwrite) =>
        cloud.Time.Run(() => ssm.PutParameterAsync(new() { Name = name, Value = value, Type = ParameterType.SecureString, Overwrite = overwrite }));

    private string Get(string name, bool decrypted) => cloud.Time.Run(() => ssm.GetParameterAsync(new() { Name = name, WithDecryption = decrypted })).Parameter.Value;
}
