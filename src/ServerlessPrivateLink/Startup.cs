using System.Diagnostics.CodeAnalysis;
using Amazon;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda;
using Amazon.Lambda.Annotations;
using Amazon.RDS;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleSystemsManagement;
using Amazon.StepFunctions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Deploying;
using ServerlessPrivateLink.Logging;
using ServerlessPrivateLink.Probing;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink;

/// <summary>Puts the functions' parts together; the only place that makes AWS clients, each when it is first asked for.</summary>
[LambdaStartup]
public sealed class Startup
{
    private readonly Surroundings surroundings;

    public Startup()
        : this(Surroundings.OfLambda())
    {
    }

    public Startup(Surroundings surroundings) => this.surroundings = surroundings;

    [SuppressMessage("Performance", "CA1822", Justification = "Annotations calls it on an instance.")]
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton(StackSettings.From(surroundings.Environment));
        services.AddSingleton(surroundings.Clock);
        services.AddSingleton(surroundings.Resolve);
        services.AddSingleton(surroundings.Connect);
        services.AddSingleton<AlertTopic>();
        services.AddSingleton(_ => new ResolverFunction(StackSettings.Value(surroundings.Environment, ResolverFunction.Variable)));
        services.AddSingleton(_ => new AwsDnsSuffix(StackSettings.Value(surroundings.Environment, AwsDnsSuffix.Variable)));
        services.AddSingleton(_ => new FollowMachine(StackSettings.Value(surroundings.Environment, FollowMachine.Variable)));
        services.AddSingleton(_ => new ReleaseMachine(StackSettings.Value(surroundings.Environment, ReleaseMachine.Variable)));
        services.AddSingleton(provider => new EmbeddedMetrics(surroundings.Log, surroundings.Clock, provider.GetRequiredService<StackSettings>()));
        services.AddSingleton<SyncedGroups>();
        services.AddSingleton<DatabaseCensus>();
        services.AddSingleton<GroupSync>();
        services.AddSingleton<Registrar>();
        services.AddSingleton<LinkReview>();
        services.AddSingleton(_ => new MachineArns(
            StackSettings.Value(surroundings.Environment, MachineArns.ProvisionVariable),
            StackSettings.Value(surroundings.Environment, ReleaseMachine.Variable)));
        services.AddSingleton(provider => new AnswerDoor(AnswerClient(), PlaceOf(provider.GetRequiredService<StackSettings>())));
        services.AddSingleton<RequestStore>();
        services.AddSingleton<StackAnswers>();
        services.AddSingleton<LinkMachines>();
        // Without the options that AddLogging brings, which cost a cold start more than the logging itself.
        services.AddSingleton<ILoggerFactory>(new LoggerFactory([new JsonLines(surroundings.Log, surroundings.Clock)], new LoggerFilterOptions { MinLevel = LogLevel.Information }));
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));

        AddClient<IAmazonEC2, AmazonEC2Config>(services, static config => new PatientClients.Ec2(config));
        AddClient<IAmazonElasticLoadBalancingV2, AmazonElasticLoadBalancingV2Config>(services, static config => new PatientClients.LoadBalancing(config));
        AddClient<IAmazonRDS, AmazonRDSConfig>(services, static config => new PatientClients.Rds(config));
        AddClient<IAmazonSimpleNotificationService, AmazonSimpleNotificationServiceConfig>(services, static config => new PatientClients.Sns(config));
        AddClient<IAmazonLambda, AmazonLambdaConfig>(services, static config => new PatientClients.Lambda(config));
        AddClient<IAmazonStepFunctions, AmazonStepFunctionsConfig>(services, static config => new PatientClients.States(config));
        AddClient<IAmazonSimpleSystemsManagement, AmazonSimpleSystemsManagementConfig>(services, static config => new PatientClients.Parameters(config));
        AddClient<IAmazonResourceGroupsTaggingAPI, AmazonResourceGroupsTaggingAPIConfig>(services, static config => new PatientClients.Tagging(config));
    }

    private HttpClient AnswerClient() => surroundings.Http?.CreateHttpClient(null) ?? new(AnswerDoor.NoRedirects(), disposeHandler: true);

    private static AnswerPlace PlaceOf(StackSettings settings) =>
        new(settings.Partition, settings.Region, settings.AccountId, RegionEndpoint.GetBySystemName(settings.Region).PartitionDnsSuffix);

    private void AddClient<TClient, TConfig>(IServiceCollection services, Func<TConfig, TClient> make)
        where TClient : class
        where TConfig : ClientConfig, new()
    {
        services.AddSingleton(provider => make(Configured(new TConfig(), provider.GetRequiredService<StackSettings>().Region)));
        // For who seldom calls it: making a client takes a good part of a cold start.
        services.AddSingleton(static provider => new Lazy<TClient>(provider.GetRequiredService<TClient>));
    }

    private TConfig Configured<TConfig>(TConfig config, string region)
        where TConfig : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.DefaultAWSCredentials = surroundings.Credentials;
        if (surroundings.Http is { } http)
        {
            config.HttpClientFactory = http;
            // The SDK backs off in real time; where time is simulated the state machine's Retry is the only one.
            config.MaxErrorRetry = 0;
        }

        return config;
    }
}
