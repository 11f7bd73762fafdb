using Amazon.Lambda.Core;
using Xunit;

namespace ServerlessPrivateLink.Tests.House;

/// <summary>"sam build" and "dotnet lambda package" call "dotnet publish", so what it refuses is never deployed.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly DirectoryInfo target = Directory.CreateTempSubdirectory("privatelink-publish-");

    [Fact]
    public async Task Publishing_the_stand_ins_is_an_error_of_one_line_that_says_what_to_do()
    {
        var publish = await Publish("-p:AwsPackages=offline");

        Assert.NotEqual(0, publish.Code);
        var line = Assert.Single(Lines(publish).Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal));
        Assert.Contains("offline stand-ins of the AWS packages", line, StringComparison.Ordinal);
        Assert.Contains("./privatelink setup --packages nuget", line, StringComparison.Ordinal);
        Assert.Empty(target.EnumerateFileSystemInfos());
    }

    [SkippableFact]
    public async Task The_stand_ins_are_published_for_a_test_that_asks_for_it_by_name()
    {
        Skip.If(typeof(ILambdaContext).Assembly.GetName().GetPublicKeyToken() is { Length: > 0 }, "built with the official packages");

        var publish = await Publish("-p:AwsPackages=offline", "-p:AllowOfflinePublish=true");

        Assert.True(publish.Code == 0, publish.Output + publish.Errors);
        Assert.Contains(target.EnumerateFiles(), file => file.Name == "ServerlessPrivateLink.dll");
        Assert.Contains(target.EnumerateFiles(), file => file.Name == "Amazon.Lambda.Core.dll");
    }

    public void Dispose() => target.Delete(recursive: true);

    private static string[] Lines(Ran ran) => $"{ran.Output}\n{ran.Errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private Task<Ran> Publish(params string[] properties) => Command.Run(
        Environment.ProcessPath!,
        ["publish", "src/ServerlessPrivateLink", "--no-restore", "--no-build", "-c", Repository.Configuration, "-o", target.FullName, "-nodeReuse:false", .. properties],
        Repository.Root);
}
