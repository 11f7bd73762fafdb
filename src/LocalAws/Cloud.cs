using LocalAws.Access;
using LocalAws.CloudFormation;
using LocalAws.Dns;
using LocalAws.Doors;
using LocalAws.Ec2;
using LocalAws.Events;
using LocalAws.Faults;
using LocalAws.Lambda;
using LocalAws.LoadBalancing;
using LocalAws.Monitoring;
using LocalAws.Parameters;
using LocalAws.Piping;
using LocalAws.Rds;
using LocalAws.Scheduling;
using LocalAws.Sns;
using LocalAws.Sqs;
using LocalAws.StepFunctions;
using LocalAws.Sts;
using LocalAws.Tagging;
using LocalAws.Throttling;
using LocalAws.Timing;
using LocalAws.Traffic;
using LocalAws.Trails;

namespace LocalAws;

/// <summary>Where a cloud stands and from what it begins.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Region">Such as <c>eu-central-1</c>.</param>
/// <param name="Partition"><c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>, ….</param>
/// <param name="Seed">The seed of all its chance.</param>
/// <param name="Start">The first instant of its time.</param>
public sealed record CloudOptions(string AccountId, string Region, string Partition, int Seed, DateTimeOffset Start)
{
    /// <summary>Account 111122223333 in eu-central-1, from seed 1, at the start of 2026.</summary>
    public static readonly CloudOptions Default = new("111122223333", "eu-central-1", "aws", 1, new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));

    /// <summary>A folder that e-mail is dropped into, besides being kept; null: none.</summary>
    public string? MailFolder { get; init; }

    /// <summary>The DNS suffix of the partition's services.</summary>
    public string DnsSuffix => Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/// <summary>
/// One account in one Region of an embedded AWS: the wire protocols, the state, the permissions and the slowness of the real one.
/// Everything runs on one thread; time passes only while <see cref="SimulatedTime.Run{T}"/> pumps.
/// </summary>
public sealed class Cloud
{
    /// <summary>An account with nothing in it.</summary>
    public Cloud(CloudOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Time = new(options.Start);
        Chance = new(options.Seed);
        Visibility = new(Chance, Time);
        Access = new(Chance);
        Throttles = new(Time);
        Gateway = new(this);
        Door = new(Gateway);
        Operator = Access.Issue(new($"arn:{options.Partition}:iam::{options.AccountId}:user/operator", options.AccountId, "operator", null, ConditionKeys.None), temporary: false);
        Tagging = new(this);
        Ec2 = new(this);
        Rds = new(this);
        Dns = new(this);
        LoadBalancing = new(this);
        Sns = new(this);
        Sqs = new(this);
        Gateway.Add(new Ec2Api(Ec2));
        Gateway.Add(new LoadBalancingApi(LoadBalancing));
        Gateway.Add(new RdsApi(Rds));
        Gateway.Add(new SnsApi(Sns));
        Gateway.Add(new SqsApi(Sqs));
        Gateway.Add(new StsApi());
        Gateway.Add(new TaggingApi(Tagging));
        Traffic = new(this);
        Lambda = new(this);
        StepFunctions = new(this);
        Events = new(this);
        Scheduler = new(this);
        Pipes = new(this);
        Trail = new(this);
        CloudWatch = new(this);
        CloudFormation = new(this);
        Parameters = new(this);
        Gateway.Add(new CloudWatchApi(CloudWatch));
        Gateway.Add(new EventsApi(Events));
        Gateway.Add(new ParametersApi(Parameters));
        Gateway.Add(Lambda.Api);
        Gateway.Add(new StepFunctionsApi(StepFunctions));
    }

    /// <summary>How much of everything the account may have.</summary>
    public Quotas Quotas { get; set; } = new();

    /// <summary>Where it stands.</summary>
    public CloudOptions Options { get; }

    /// <summary>Its clock, which is also what makes things happen.</summary>
    public SimulatedTime Time { get; }

    /// <summary>Its chance.</summary>
    public Chance Chance { get; }

    /// <summary>How soon it shows what was made.</summary>
    public Visibility Visibility { get; }

    /// <summary>Its credentials and permissions.</summary>
    public AccessControl Access { get; }

    /// <summary>Its limits on calls.</summary>
    public Throttles Throttles { get; }

    /// <summary>What shall go wrong.</summary>
    public FaultBox Faults { get; } = new();

    /// <summary>Its Lambda functions.</summary>
    public LambdaFunctions Lambda { get; }

    /// <summary>Its state machines and their executions.</summary>
    public StateMachines StepFunctions { get; }

    /// <summary>What was called.</summary>
    public CallLog Calls { get; } = new();

    /// <summary>Where requests arrive, whatever the door.</summary>
    public Gateway Gateway { get; }

    /// <summary>The door for SDK clients of this process.</summary>
    public InProcessDoor Door { get; }

    /// <summary>The key of the person who owns the account, who may do everything.</summary>
    public IssuedKey Operator { get; }

    /// <summary>What it has in EC2.</summary>
    public Ec2State Ec2 { get; }

    /// <summary>Its databases.</summary>
    public RdsState Rds { get; }

    /// <summary>Its load balancers.</summary>
    public LoadBalancingState LoadBalancing { get; }

    /// <summary>Its topics, and what was published.</summary>
    public SnsState Sns { get; }

    /// <summary>Its tags, as one service knows them all.</summary>
    public TagIndex Tagging { get; }

    /// <summary>Its stacks, and their custom resources.</summary>
    public CloudFormationState CloudFormation { get; }

    /// <summary>What its Parameter Store holds.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>Its queues, and what is in them.</summary>
    public SqsState Sqs { get; }

    /// <summary>What happened, and the rules that look at it.</summary>
    public EventBus Events { get; }

    /// <summary>What tells the event bus of API calls, once it is switched on.</summary>
    public Trail Trail { get; }

    /// <summary>Its pipes.</summary>
    public Pipes Pipes { get; }

    /// <summary>Its schedules, which run once they are started.</summary>
    public Schedules Scheduler { get; }

    /// <summary>Its metrics and alarms; alarms look once they are started.</summary>
    public CloudWatchState CloudWatch { get; }

    /// <summary>Connections in its network.</summary>
    public TrafficState Traffic { get; }

    /// <summary>Its names.</summary>
    public NameServer Dns { get; }

    /// <summary>An ARN of this account and Region.</summary>
    public string Arn(string service, string resource) => $"arn:{Options.Partition}:{service}:{Options.Region}:{Options.AccountId}:{resource}";
}
