using ServerlessPrivateLink.Tests.House;
using Xunit;


namespace ServerlessPrivateLink.Tests.Cli;

public sealed class ValidateTests
{
    [Theory]
    [InlineData("orders.json")]
    [InlineData("several.json")]
    [InlineData("refused.json")]
    public async Task The_examples_are_valid(string name)
    {
        var run = await Run.Of("validate", Repository.At($"examples/{name}"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("is valid", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_in_the_README_is_valid()
    {
        var readme = await File.ReadAllTextAsync(Repository.At("README.md"));
        using var file = new TemporaryFile(readme.Split("```json\n").Skip(1).Select(static part => part.Split("```")[0]).First(static block => block.Contains("\"databases\"", StringComparison.Ordinal)));

        Assert.Equal(0, (await Run.Of("validate", file.Path)).ExitCode);
    }

    [Fact]
    public async Task A_valid_document_has_an_empty_list_of_errors()
    {
        var run = await Run.Of("validate", Repository.At("examples/orders.json"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(0, run.Json.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task All_errors_come_at_once_each_with_place_found_allowed_and_message()
    {
        var run = await Run.Of("validate", Repository.At("examples/invalid.json"), "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Error);
        var errors = run.Json.GetProperty("errors").EnumerateArray().ToList();
        Assert.Superset(
            new HashSet<string?> { "$.name", "$.databases[0].port", "$.consumers[0]", "$.ingress" },
            errors.Select(error => error.GetProperty("path").GetString()).ToHashSet());
        Assert.All(errors, error => Assert.All(["path", "found", "allowed", "message"], field => Assert.False(string.IsNullOrEmpty(error.GetProperty(field).GetString()))));
    }

    [Fact]
    public async Task People_read_the_same_errors_as_programs()
    {
        var path = Repository.At("examples/invalid.json");
        var (text, json) = (await Run.Of("validate", path), await Run.Of("validate", path, "--json"));

        Assert.Equal(2, text.ExitCode);
        Assert.All(json.Json.GetProperty("errors").EnumerateArray(), error => Assert.Contains(error.GetProperty("message").GetString()!, text.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"name":"a","name":"b"}""")]
    public async Task What_is_no_document_is_bad_input(string text)
    {
        using var file = new TemporaryFile(text);

        var run = await Run.Of("validate", file.Path, "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.NotEqual(0, run.Json.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task A_missing_file_and_a_directory_are_bad_input()
    {
        var missing = await Run.Of("validate", Repository.At("no-such-file.json"), "--json");
        var directory = await Run.Of("validate", Repository.Root, "--json");

        Assert.All([missing, directory], run =>
        {
            Assert.Equal(2, run.ExitCode);
            Assert.Equal("$", Assert.Single(run.Json.GetProperty("errors").EnumerateArray()).GetProperty("path").GetString());
        });
    }

    [Fact]
    public async Task Fifty_megabytes_are_refused_without_being_read()
    {
        using var file = new TemporaryFile("");
        using (var stream = File.OpenWrite(file.Path))
            stream.SetLength(50L * 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes();

        var run = await Run.Of("validate", file.Path, "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10 * 1024 * 1024);
    }

    [Fact]
    public async Task A_consumer_of_another_partition_needs_that_partition()
    {
        using var file = new TemporaryFile("""{"name":"a","databases":[{"instance":"db"}],"consumers":["arn:aws-cn:iam::210987654321:root"]}""");

        Assert.Equal(2, (await Run.Of("validate", file.Path)).ExitCode);
        Assert.Equal(0, (await Run.Of("validate", file.Path, "--partition", "aws-cn")).ExitCode);
    }
}
