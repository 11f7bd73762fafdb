using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda.TestUtilities;
using Amazon.Runtime;
using LocalAws;
using LocalAws.Accounts;
using Microsoft.Extensions.DependencyInjection;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Tests.House;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

/// <summary>The example account, changed where a test wants it, and the step that plans a link in it.</summary>
internal sealed class Lab : IDisposable
{
    public const string VpcId = "vpc-0a1b2c3d4e5f60718";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("account-");
    private readonly Lazy<(Cloud Cloud, ServiceProvider Services)> opened;

    public Lab()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.At("examples/account"))) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        opened = new(Open);
    }

    public Cloud Cloud => opened.Value.Cloud;

    public IAmazonElasticLoadBalancingV2 Elb => opened.Value.Services.GetRequiredService<IAmazonElasticLoadBalancingV2>();

    public string Vpc { get; init; } = VpcId;

    public Lab With(string file, Action<JsonNode> change)
    {
        var path = Path.Combine(folder.FullName, file);
        var document = JsonNode.Parse(File.ReadAllText(path))!;
        change(document);
        File.WriteAllText(path, document.ToJsonString());
        return this;
    }

    public LinkPlan Plan(string document)
    {
        var step = ActivatorUtilities.CreateInstance<PlanLink>(opened.Value.Services);
        using var input = JsonDocument.Parse(document);
        return Cloud.Time.Run(() => step.Handle(new PlanLinkInput(input.RootElement.Clone()), new TestLambdaContext { RemainingTime = TimeSpan.FromMinutes(1) }));
    }

    public LinkRefusedException Refusal(string document) => Xunit.Assert.Throws<LinkRefusedException>(() => Plan(document));

    public void Dispose()
    {
        if (opened.IsValueCreated) opened.Value.Services.Dispose();
        folder.Delete(recursive: true);
    }

    private (Cloud, ServiceProvider) Open()
    {
        var account = AccountDescription.Load(folder.FullName);
        var cloud = account.Open(seed: 1, new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));
        var environment = ImmutableDictionary<string, string>.Empty
            .Add(StackSettings.StackVariable, "data").Add(StackSettings.AccountVariable, account.AccountId).Add(StackSettings.RegionVariable, account.Region)
            .Add(StackSettings.PartitionVariable, account.Partition).Add(StackSettings.VpcVariable, Vpc)
            .Add(StackSettings.SubnetsVariable, "subnet-0a10000000000000a,subnet-0a10000000000000b")
            .Add(StackSettings.AlertFormatVariable, "standard").Add(StackSettings.AlertTopicVariable, "arn:alerts").Add(StackSettings.ConnectionTopicVariable, "arn:connections");
        var services = new ServiceCollection();
        new Startup(new Surroundings(environment, new BasicAWSCredentials(cloud.Operator.AccessKeyId, cloud.Operator.SecretAccessKey), cloud.Time, (_, _) => Task.FromResult(ImmutableArray<System.Net.IPAddress>.Empty), (_, _, _) => Task.FromResult(Stream.Null), cloud.Door)).ConfigureServices(services);
        return (cloud, services.BuildServiceProvider());
    }
}
