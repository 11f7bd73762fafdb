using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace ServerlessPrivateLink.Tests.Deployment;

public sealed partial class StateMachineTests
{
    // Rules and schedules invoke these; they are no step of a state machine's own.
    private static readonly string[] Invoked = ["AnswerConnection", "AnswerEnded", "DeployLink", "GuardLinks", "ReportExecution", "ReviewConnections", "StartFollow"];

    // A link that stands and serves fails neither because the stack that asked for it cannot be told, which AnswerEnded does too,
    // nor because a probe cannot run. Two tests below hold each to its own way.
    private static readonly string[] Survived = ["AnswerAnnounced", "ProbeDatabase"];

    private static readonly IReadOnlyList<State> Tasks = [.. StateMachineFile.All.Values.SelectMany(StateMachineFile.Tasks)];

    private static readonly string[] Handlers = ["Retry", "Catch"];

    private static readonly string[] Words = ["States.", "Lambda.", "Sandbox."];

    [Fact]
    public void State_names_class_names_and_logical_ids_are_the_same_words()
    {
        foreach (var machine in StateMachineFile.All.Values)
        {
            var states = StateMachineFile.Tasks(machine).Select(static task => task.Name).ToList();
            Assert.Equal(states.Distinct(StringComparer.Ordinal), states);
        }

        Assert.Equal(TemplateFile.Functions.Keys.Except(Invoked).Order(StringComparer.Ordinal), Tasks.Select(static task => task.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(TemplateFile.Functions.Keys, static name => Assert.NotNull(ClassOf(name)));
        Assert.All(Tasks, static task => Assert.Equal($"${{{task.Name}Arn}}", task.Body.GetProperty("Parameters").GetProperty("FunctionName").GetString()));
    }

    [Fact]
    public void Substitutions_are_all_given_and_all_used()
    {
        foreach (var (id, machine) in StateMachineFile.All)
        {
            var used = Substitution().Matches(machine.GetRawText()).Select(static match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
            var given = ((YamlMappingNode)TemplateFile.At(TemplateFile.StateMachines[id], "DefinitionSubstitutions")!).Children;

            Assert.Equal(given.Keys.Select(static key => ((YamlScalarNode)key).Value!).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
            Assert.All(
                given.Where(static pair => ((YamlScalarNode)pair.Key).Value is var name && name != "LambdaInvoke"),
                static pair => Assert.Equal(((YamlScalarNode)pair.Key).Value, ((YamlScalarNode)pair.Value).Value!.Replace(".Arn", "Arn", StringComparison.Ordinal)));
        }

        Assert.Equal(TemplateFile.StateMachines.Keys.Order(StringComparer.Ordinal), StateMachineFile.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_name_is_an_exception_of_the_code_or_a_word_of_the_service()
    {
        var exceptions = typeof(Startup).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Exception))).Select(static type => type.Name).ToHashSet(StringComparer.Ordinal);
        var named = StateMachineFile.All.Values.SelectMany(StateMachineFile.States)
            .SelectMany(static state => Handlers.SelectMany(field => state.Body.TryGetProperty(field, out var list) ? list.EnumerateArray() : []))
            .SelectMany(static entry => entry.GetProperty("ErrorEquals").EnumerateArray())
            .Select(static error => error.GetString()!)
            .Where(static error => !Array.Exists(Words, word => error.StartsWith(word, StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.Subset(exceptions, named);
    }

    [Fact]
    public void Every_task_is_tried_again_with_jitter_and_ends_in_time()
    {
        Assert.All(Tasks, static task =>
        {
            Assert.Equal("${LambdaInvoke}", task.Body.GetProperty("Resource").GetString());
            Assert.True(task.Body.GetProperty("TimeoutSeconds").GetInt32() > int.Parse(TemplateFile.Text(TemplateFile.GlobalFunction, "Timeout"), System.Globalization.CultureInfo.InvariantCulture));
            Assert.All(task.Body.GetProperty("Retry").EnumerateArray(), static retry => Assert.Equal("FULL", retry.GetProperty("JitterStrategy").GetString()));
            Assert.Contains("Lambda.TooManyRequestsException", task.Body.GetProperty("Retry").GetRawText(), StringComparison.Ordinal);
        });
        Assert.True(StateMachineFile.Provision.GetProperty("TimeoutSeconds").GetInt32() >= ((180 + 120) * 5) + (40 * 15));
    }

    [Theory]
    [InlineData("Provision", "ReportFailure")]
    [InlineData("Release", "ReportReleaseFailure")]
    public void Every_state_that_can_fail_is_caught_and_reported_under_its_own_name(string machine, string report)
    {
        // From the first thing that is made until all that is new serves; from then on the link is kept.
        string[] undone = ["BuildLink", "EnsureListeners", "EnsureEndpointService", "SubscribeConnectionEvents", "AllowConsumers", "CheckTargets"];
        foreach (var state in StateMachineFile.All[machine].GetProperty("States").EnumerateObject())
        {
            if (state.Value.GetProperty("Type").GetString() is not ("Task" or "Parallel") || state.Name == report || machine == "Provision" && Survived.Contains(state.Name)) continue;
            var caught = CaughtBy(state.Value);
            Assert.Equal(machine == "Provision" && undone.Contains(state.Name) ? "IsToBeReleased" : report, caught.GetProperty("Next").GetString());
            Assert.Equal($"$.Failed.{state.Name}", caught.GetProperty("ResultPath").GetString());
        }
    }

    [Fact]
    public void An_answer_that_cannot_be_given_lets_the_run_go_on_and_is_owed_until_it_is()
    {
        var states = StateMachineFile.Provision.GetProperty("States");
        var (answer, caught) = (states.GetProperty("AnswerAnnounced"), CaughtBy(states.GetProperty("AnswerAnnounced")));
        var owed = Assert.Single(states.GetProperty("IsAnswerOwed").GetProperty("Choices").EnumerateArray());

        Assert.Equal(("AwaitsConnection", "AwaitsConnection"), (answer.GetProperty("Next").GetString(), caught.GetProperty("Next").GetString()));
        Assert.Equal(("$.Answer", "$.Answer"), (answer.GetProperty("ResultPath").GetString(), caught.GetProperty("ResultPath").GetString()));
        Assert.Equal(("$.Answer.Error", "AnswerAnnounced"), (owed.GetProperty("Variable").GetString(), owed.GetProperty("Next").GetString()));
        Assert.DoesNotContain("Error", answer.GetProperty("ResultSelector").EnumerateObject().Select(Name));
    }

    [Fact]
    public void Databases_are_probed_before_anything_is_taken_away_and_what_comes_of_it_is_not_in_the_way()
    {
        var states = StateMachineFile.Provision.GetProperty("States");
        var (probe, caught, not) = (states.GetProperty("ProbeDatabase"), CaughtBy(states.GetProperty("ProbeDatabase")), states.GetProperty("NotProbed"));

        Assert.Equal("ProbeDatabase", states.GetProperty("AreTargetsHealthy").GetProperty("Choices")[0].GetProperty("Next").GetString());
        Assert.Equal(("RemoveLeftovers", "NotProbed", "RemoveLeftovers"), (probe.GetProperty("Next").GetString(), caught.GetProperty("Next").GetString(), not.GetProperty("Next").GetString()));
        // What is not caught under $.Failed is no failure of the run, whatever fails later.
        Assert.Equal(JsonValueKind.Null, caught.GetProperty("ResultPath").ValueKind);
        Assert.Equal(("$.Probed", "$.Probed"), (probe.GetProperty("ResultPath").GetString(), not.GetProperty("ResultPath").GetString()));
    }

    [Fact]
    public void A_state_machine_may_invoke_its_functions_and_no_others()
    {
        foreach (var (id, machine) in StateMachineFile.All)
        {
            var invoke = TemplateFile.Statements(TemplateFile.StateMachines[id]).Single(static statement => TemplateFile.Text(statement, "Sid") == "InvokeSteps");

            Assert.Equal("lambda:InvokeFunction", TemplateFile.Text(invoke, "Action"));
            Assert.Equal(
                StateMachineFile.Tasks(machine).Select(static task => task.Name + ".Arn").Order(StringComparer.Ordinal),
                TemplateFile.Many(TemplateFile.At(invoke, "Resource")).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_payload_gives_a_step_just_what_it_takes_and_a_selector_reads_just_what_it_gives()
    {
        foreach (var task in Tasks)
        {
            var handle = ClassOf(task.Name)!.GetMethod("Handle")!;
            var taken = Shape(handle.GetParameters()[0].ParameterType, task.Name, "Input").GetConstructors()[0].GetParameters();
            var given = task.Body.GetProperty("Parameters").GetProperty("Payload").EnumerateObject().Select(Name).ToHashSet(StringComparer.Ordinal);
            Assert.Subset(taken.Select(static one => one.Name!).ToHashSet(StringComparer.Ordinal), given);
            Assert.Superset(taken.Where(static one => !one.IsOptional).Select(static one => one.Name!).ToHashSet(StringComparer.Ordinal), given);

            if (!task.Body.TryGetProperty("ResultSelector", out var selector)) continue;
            var answered = Shape(handle.ReturnType.GetGenericArguments()[0], task.Name, "Output").GetProperties().Select(static property => property.Name).ToHashSet(StringComparer.Ordinal);
            Assert.Subset(answered, selector.EnumerateObject().Select(Name).ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Polls_wait_five_seconds_and_those_for_zones_and_a_release_fifteen()
    {
        var waits = StateMachineFile.States(StateMachineFile.Provision).Where(static state => state.Type == "Wait" && state.Name != "WaitForConnection").ToList();

        Assert.Equal(4, waits.Count);
        Assert.All(waits, static wait => Assert.Equal(wait.Name is "WaitForZones" or "WaitForRelease" ? 15 : 5, wait.Body.GetProperty("Seconds").GetInt32()));
    }

    [Fact]
    public void Only_an_execution_that_was_not_redriven_takes_its_work_away()
    {
        var choice = StateMachineFile.Provision.GetProperty("States").GetProperty("IsToBeReleased");
        var (marked, first) = (choice.GetProperty("Choices")[0].GetProperty("And")[0], choice.GetProperty("Choices")[0].GetProperty("And")[1]);

        Assert.Equal(("$.Plan.MadeBy", ""), (marked.GetProperty("Not").GetProperty("Variable").GetString(), marked.GetProperty("Not").GetProperty("StringEquals").GetString()));
        Assert.Equal(("$$.Execution.RedriveCount", 0), (first.GetProperty("Variable").GetString(), first.GetProperty("NumericEquals").GetInt32()));
        Assert.Equal(("ReleaseMade", "ReportFailure"), (choice.GetProperty("Choices")[0].GetProperty("Next").GetString(), choice.GetProperty("Default").GetString()));
    }

    [Fact]
    public void A_release_looks_once_more_when_no_function_can_run_any_longer()
    {
        var waits = StateMachineFile.States(StateMachineFile.Release).Where(static state => state.Type == "Wait").ToDictionary(static wait => wait.Name, static wait => wait.Body.GetProperty("Seconds").GetInt32(), StringComparer.Ordinal);

        Assert.True(waits["WaitForLateFunctions"] > int.Parse(TemplateFile.Text(TemplateFile.GlobalFunction, "Timeout"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(TemplateFile.Functions.Values, static function => Assert.Null(TemplateFile.At(function, "Timeout")));
        Assert.All(waits.Where(static wait => wait.Key != "WaitForLateFunctions"), static wait => Assert.Equal(wait.Key == "WaitForInterfaces" ? 15 : 5, wait.Value));
        Assert.True(StateMachineFile.Release.GetProperty("TimeoutSeconds").GetInt32() >= 3 * (((180 + 180 + 60) * 5) + (120 * 15)));
    }

    // What a function reads and writes by hand has its shape beside it.
    private static Type Shape(Type type, string name, string direction) =>
        type == typeof(JsonElement) || type == typeof(JsonObject) ? ClassOf(name)!.Assembly.GetType($"{ClassOf(name)!.FullName}{direction}")! : type;

    private static JsonElement CaughtBy(JsonElement state)
    {
        var caught = Assert.Single(state.GetProperty("Catch").EnumerateArray());
        Assert.Equal("States.ALL", Assert.Single(caught.GetProperty("ErrorEquals").EnumerateArray()).GetString());
        return caught;
    }

    private static Type? ClassOf(string name) =>
        typeof(Startup).Assembly.GetType($"ServerlessPrivateLink.Provisioning.{name}") ?? typeof(Startup).Assembly.GetType($"ServerlessPrivateLink.TargetSync.{name}")
        ?? typeof(Startup).Assembly.GetType($"ServerlessPrivateLink.Connections.{name}") ?? typeof(Startup).Assembly.GetType($"ServerlessPrivateLink.Release.{name}")
        ?? typeof(Startup).Assembly.GetType($"ServerlessPrivateLink.Probing.{name}")
        ?? typeof(Startup).Assembly.GetType($"ServerlessPrivateLink.Deploying.{name}");

    private static string Name(JsonProperty property) => property.Name.EndsWith(".$", StringComparison.Ordinal) ? property.Name[..^2] : property.Name;

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Substitution();
}
