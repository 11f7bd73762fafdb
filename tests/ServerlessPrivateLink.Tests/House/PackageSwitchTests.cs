using System.Text.Json;
using Xunit;

namespace ServerlessPrivateLink.Tests.House;

/// <summary>What the one property AwsPackages makes of the project that is deployed.</summary>
public sealed class PackageSwitchTests
{
    private static readonly string[] StoodInFor =
    [
        "Amazon.Lambda.Annotations", "Amazon.Lambda.Core", "Amazon.Lambda.Serialization.SystemTextJson",
        "AWSSDK.EC2", "AWSSDK.ElasticLoadBalancingV2", "AWSSDK.Lambda", "AWSSDK.RDS", "AWSSDK.ResourceGroupsTaggingAPI", "AWSSDK.SimpleNotificationService",
        "AWSSDK.SimpleSystemsManagement", "AWSSDK.StepFunctions",
    ];

    [Fact]
    public async Task With_nuget_every_package_is_the_official_one()
    {
        var items = await Items("nuget");

        Assert.Empty(StoodInFor.Except(Identities(items, "PackageReference"), StringComparer.Ordinal));
        Assert.DoesNotContain(Identities(items, "ProjectReference"), project => project.Contains("offline", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_offline_each_of_them_is_replaced_by_the_project_of_its_name()
    {
        var items = await Items("offline");

        Assert.Empty(StoodInFor.Intersect(Identities(items, "PackageReference"), StringComparer.Ordinal));
        Assert.Contains("AWSSDK.Core", Identities(items, "PackageReference"));
        Assert.Equal(
            StoodInFor.Select(id => $"src/offline/{id}/{id}.csproj").Append("src/offline/Generators/Amazon.Lambda.Annotations.SourceGenerator/Amazon.Lambda.Annotations.SourceGenerator.csproj").Order(),
            Identities(items, "ProjectReference").Select(project => Path.GetRelativePath(Repository.Root, project)).Where(project => project.StartsWith("src/offline", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_generator_comes_as_an_analyzer_and_not_as_a_library()
    {
        var generator = (await Items("offline")).GetProperty("ProjectReference").EnumerateArray()
            .Single(project => project.GetProperty("Filename").GetString() == "Amazon.Lambda.Annotations.SourceGenerator");

        Assert.Equal("Analyzer", generator.GetProperty("OutputItemType").GetString());
        Assert.Equal("false", generator.GetProperty("ReferenceOutputAssembly").GetString());
    }

    [Fact]
    public async Task Any_other_value_is_refused_with_what_is_allowed()
    {
        var ran = await Evaluate("-t:CollectPackageReferences", "-p:AwsPackages=mirror");

        Assert.NotEqual(0, ran.Code);
        Assert.Contains("AwsPackages is 'mirror'; allowed are nuget", ran.Output + ran.Errors, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Items(string packages)
    {
        var ran = await Evaluate($"-p:AwsPackages={packages}", "-getItem:PackageReference,ProjectReference");
        Assert.True(ran.Code == 0, ran.Output + ran.Errors);
        return JsonDocument.Parse(ran.Output).RootElement.GetProperty("Items");
    }

    private static List<string> Identities(JsonElement items, string kind) =>
        [.. items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];

    private static Task<Ran> Evaluate(params string[] arguments) =>
        Command.Run(Environment.ProcessPath!, ["msbuild", "src/ServerlessPrivateLink/ServerlessPrivateLink.csproj", "-nologo", "-nodeReuse:false", .. arguments], Repository.Root);
}
