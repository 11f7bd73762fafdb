using LocalAws.Ec2;
using ServerlessPrivateLink.Tests.Connections;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class AnswerCommandTests
{
    private const string Ask = """{ "principal": "210987654321", "accept": "ask" }""";

    private readonly ReviewWorld world = new(Ask);

    [Fact]
    public void Connections_are_listed_with_what_the_rules_say()
    {
        var (asked, stranger) = (world.ConnectAndWait(ReviewWorld.Asked), Stranger());

        var run = Run("connections", "orders");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches($"{asked.EndpointId} +210987654321 +eu-central-1 +Pending +Flag +AskFirst", run.Output);
        Assert.Matches($"{stranger.EndpointId} +999999999999 +eu-central-1 +Pending +Flag +OwnerNotNamed", run.Output);
        Assert.Contains("A person is to decide connections of the account 210987654321.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_are_listed_for_programs()
    {
        var asked = world.ConnectAndWait(ReviewWorld.Asked);

        var json = Run("connections", "orders", "--json").Json;
        var one = Assert.Single(json.GetProperty("connections").EnumerateArray());

        Assert.Equal(("orders", asked.EndpointId, "210987654321"), (json.GetProperty("link").GetString(), Text("endpoint"), Text("owner")));
        Assert.Equal(("Pending", "Flag", "AskFirst"), (Text("state"), Text("decision"), Text("rule")));

        string? Text(string name) => one.GetProperty(name).GetString();
    }

    [Fact]
    public void A_link_to_which_nobody_is_connected_says_so() =>
        Assert.Contains("Nobody is connected to orders", Run("connections", "orders").Output, StringComparison.Ordinal);

    [Fact]
    public void Who_accepts_is_the_caller_and_is_told_with_the_reason()
    {
        var asked = world.ConnectAndWait(ReviewWorld.Asked);

        var run = Run("accept", "orders", asked.EndpointId, "--reason", "they called");

        Assert.Equal((0, $"{asked.EndpointId} of the account 210987654321 is accepted.", ""), (run.ExitCode, run.Output.TrimEnd(), run.Error));
        Assert.Equal("pending", world.StateOf(asked));
        Assert.Contains("arn:aws:iam::111122223333:user/operator: they called", world.News.Last().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Against_a_rule_the_command_is_refused_until_it_says_override_and_an_override_can_be_withdrawn()
    {
        var stranger = Stranger();

        var refused = Run("accept", "orders", stranger.EndpointId);
        var accepted = Run("accept", "orders", stranger.EndpointId, "--override");
        var listed = Run("connections", "orders");
        var withdrawn = Run("accept", "orders", stranger.EndpointId, "--withdraw", "--json");

        Assert.Equal((3, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"The rule OwnerNotNamed stands against {stranger.EndpointId}", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--override, which is alerted and stays until --withdraw", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, accepted.ExitCode);
        Assert.Matches(@"Override: 2026-01-01T\S+Z arn:aws:iam::111122223333:user/operator: no reason given", listed.Output);
        Assert.Equal((0, "Withdraw"), (withdrawn.ExitCode, withdrawn.Json.GetProperty("deed").GetString()));
        Assert.Null(stranger.Tags[ResourceTags.Override]);
    }

    [Fact]
    public void A_connection_is_rejected_and_stays_in_the_list_with_how_it_ended()
    {
        var asked = world.ConnectAndWait(ReviewWorld.Asked);

        var run = Run("reject", "orders", asked.EndpointId, "--reason", "a mistake");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("rejected", world.StateOf(asked));
        Assert.Matches($"{asked.EndpointId} +210987654321 +eu-central-1 +Rejected +Reject +ByHand", Run("connections", "orders").Output);
    }

    [Theory]
    [InlineData("ordres", "connections", "ordres")]
    [InlineData("ordres", "accept", "ordres", "vpce-0123456789abcdef0")]
    [InlineData("vpce-0123456789abcdef0", "accept", "orders", "vpce-0123456789abcdef0")]
    [InlineData("vpce-0123456789abcdef0", "reject", "orders", "vpce-0123456789abcdef0")]
    public void What_is_not_there_is_refused_and_json_says_the_reason_and_the_remedy(string found, params string[] args)
    {
        var (text, json) = (Run(args), Run([.. args, "--json"]));

        Assert.Equal((3, "", 3, ""), (text.ExitCode, text.Output, json.ExitCode, json.Error));
        Assert.Contains($"found {found}; allowed: ", text.Error, StringComparison.Ordinal);
        var failure = json.Json.GetProperty("failure");
        Assert.Equal("UnknownNameException", failure.GetProperty("error").GetString());
        Assert.Equal("Ask again with one of those.", failure.GetProperty("reasons")[0].GetProperty("remedy").GetString());
    }

    [Fact]
    public void What_AWS_refuses_the_caller_is_a_failure_that_names_the_action()
    {
        var run = Operator.RunAs(world.World.Cloud, Operator.Limited(world.World.Cloud, new("nothing", [])), "connections", "orders");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("tag:GetResources", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connections")]
    [InlineData("connections", "orders", "--override")]
    [InlineData("accept", "orders")]
    [InlineData("accept", "orders", "vpce-1", "--override", "--withdraw")]
    [InlineData("accept", "orders", "vpce-1", "--endpoint-url", "localhost")]
    [InlineData("reject", "orders", "vpce-1", "--override")]
    public async Task A_wrong_command_line_is_bad_input(params string[] args)
    {
        var run = await Cli.Run.Of(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    private EndpointConnection Stranger()
    {
        world.AllowByHand(ReviewWorld.Stranger);
        return world.ConnectAndWait(ReviewWorld.Stranger);
    }

    private Run Run(params string[] args) => Operator.Run(world.World.Cloud, args);
}
