using LocalAws.Faults;
using LocalAws.Rds;
using LocalAws.States.Running;
using LocalAws.Tests.Moto;
using ServerlessPrivateLink.Tests.Provisioning;
using ServerlessPrivateLink.Tests.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deployment.Judged;

/// <summary>
/// The state machines run here as they are, with the functions; another maker's interpreter, given the same definition with what
/// the functions answered in their place, comes to the same end.
/// </summary>
public sealed class MachineAgreementTests(MotoServer server) : IClassFixture<MotoServer>
{
    private static readonly Dictionary<string, Course> Courses = new(StringComparer.Ordinal)
    {
        ["a link is built, with all its waits"] = new(ExecutionStatus.Succeeded, null),
        ["a document is refused"] = new(ExecutionStatus.Failed, "LinkRefusedException") { Database = """{ "instance": "nobody" }""" },
        ["a step within both branches is not allowed"] = new(ExecutionStatus.Failed, "AmazonElasticLoadBalancingV2Exception") { Faults = [(FaultKind.Denied, "CreateLoadBalancer")] },
        ["AWS is busy for longer than is tried"] = new(ExecutionStatus.Failed, "AwsBusyException") { Faults = [(FaultKind.Throttle, "CreateListener")] },
        ["a failure cannot be reported"] = new(ExecutionStatus.Failed, "FailureNotReported") { Database = """{ "instance": "nobody" }""", Faults = [(FaultKind.Denied, "Publish")] },
    };

    public static TheoryData<string> Names => [.. Courses.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Provisioning_ends_the_same_there(string name)
    {
        MotoServer.Need();
        var course = Courses[name];
        var (world, recorder) = (new World(), new FunctionRecorder());
        world.Cloud.Lambda.Loader = recorder.Load;
        // What is tried again because it is not shown yet would be answered twice.
        world.Cloud.Visibility.Longest = TimeSpan.Zero;
        foreach (var (kind, operation) in course.Faults)
            world.Cloud.Faults.Plan(kind, call => call.Operation.Name == operation, times: int.MaxValue);

        var here = world.Provision(World.Document(course.Database));

        Assert.Equal((course.Status, course.Error), (here.Status, here.Error));
        Assert.Equal(Outcome.Of(here), There(world, "Provision", new RecordedTasks(recorder.Answers("Checks")), here.InputText));
    }

    [SkippableFact]
    public void Following_a_failover_ends_the_same_there()
    {
        MotoServer.Need();
        var (sync, recorder) = (new SyncWorld(), new FunctionRecorder());
        sync.World.Cloud.Lambda.Loader = recorder.Load;
        sync.Minute();
        recorder.Forget();
        sync.World.Cloud.Rds.Failovers.Begin(sync.Orders, FailoverCourse.Plain(FailoverKind.Instance));
        sync.World.Cloud.Time.Advance(TimeSpan.FromMinutes(12));
        var here = Assert.Single(sync.Followings);
        Assert.True(recorder.Count("SyncTargets") > 20, $"{recorder.Count("SyncTargets")} rounds");

        var there = There(sync.World, "FollowFailover", new RecordedTasks(recorder.Answers("Progress", "Checks")) { Count = "$.Payload.Follow.Progress.Checks", NoneYet = "$.Payload.Follow.Progress" }, here.InputText);

        Assert.Equal(ExecutionStatus.Succeeded, here.Status);
        Assert.Equal(Outcome.Of(here), there);
    }

    private Outcome There(World world, string machine, RecordedTasks recorded, string input) =>
        new MotoStates(server).Run(recorded.Replace(world.Cloud.StepFunctions.Machine(world.Deployed.StateMachines[machine].Arn).Settings.Definition), input);

    private sealed record Course(ExecutionStatus Status, string? Error)
    {
        public string Database { get; init; } = """{ "instance": "orders-prod" }""";

        public (FaultKind Kind, string Operation)[] Faults { get; init; } = [];
    }
}
