using System.Net;
using System.Text.Json.Nodes;
using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.CloudFormation;

public sealed class CustomResourceTests : IDisposable
{
    private readonly ScriptedStack stack = new();

    public void Dispose() => stack.Dispose();

    [Fact]
    public void A_function_is_asked_for_each_resource_after_what_it_needs_and_its_attributes_become_outputs()
    {
        var created = stack.Create();

        Assert.Equal("CREATE_COMPLETE", created.Status);
        Assert.Equal(["Create First", "Create Second", "Create Third"], stack.Asked);
        Assert.Equal(("hello one", "one"), (created.Stack.Outputs["Greeting"], created.Stack.Outputs["What"]));
        Assert.Equal("hello one", (string?)stack.Stacks.Requests[1].Body["ResourceProperties"]!["Of"]);
    }

    [Fact]
    public void A_request_says_what_aws_documents_with_every_value_as_text()
    {
        var created = stack.Create();

        var request = stack.Stacks.Requests[0].Body;
        Assert.Equal("""{"ServiceToken":"TOKEN","ServiceTimeout":"600","Word":"one","Deep":{"Flag":"true","From":"stored"}}""".Replace("TOKEN", created.Stack.Functions["Answer"].Arn, StringComparison.Ordinal), request["ResourceProperties"]!.ToJsonString());
        Assert.Equal((created.Stack.Id, "Custom::Thing", null), ((string?)request["StackId"], (string?)request["ResourceType"], (string?)request["PhysicalResourceId"]));
        Assert.StartsWith("https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com/arn%3Aaws%3Acloudformation", (string?)request["ResponseURL"], StringComparison.Ordinal);
        Assert.False(request.ContainsKey("OldResourceProperties"));
    }

    [Fact]
    public void A_creation_that_fails_is_rolled_back_the_other_way_round_and_nothing_is_left()
    {
        stack.Script = static request => (string?)request["LogicalResourceId"] is "Second" && (string?)request["RequestType"] is "Create" ? ScriptedStack.Bad(request) : ScriptedStack.Good(request);

        var created = stack.Create();

        Assert.Equal(("ROLLBACK_COMPLETE", "because"), (created.Status, created.Reason));
        Assert.Equal(["Create First", "Create Second", "Delete Second", "Delete First"], stack.Asked);
        Assert.Equal("constant", (string?)stack.Stacks.Requests[2].Body["PhysicalResourceId"]);
        Assert.Empty(stack.Cloud.Lambda.All);
        Assert.Empty(stack.Cloud.Events.Rules);
        Assert.Empty(stack.Cloud.Scheduler.All);
    }

    [Fact]
    public void An_update_asks_for_what_changed_alone_and_tells_what_was_before()
    {
        stack.Script = static request =>
        {
            var answer = ScriptedStack.Good(request);
            answer["PhysicalResourceId"] = "same";
            return answer;
        };
        stack.Create();

        var updated = stack.Update(("Word", "two"));

        Assert.Equal("UPDATE_COMPLETE", updated.Status);
        // The second says what the first greets with.
        Assert.Equal(["Update First", "Update Second"], stack.Asked[3..]);
        Assert.Equal(("one", "same"), ((string?)stack.Stacks.Requests[3].Body["OldResourceProperties"]!["Word"], (string?)stack.Stacks.Requests[3].Body["PhysicalResourceId"]));
        Assert.Equal("hello two", updated.Stack.Outputs["Greeting"]);
    }

    [Fact]
    public void What_an_update_replaces_or_leaves_out_is_deleted_when_all_else_is_done()
    {
        stack.Create();

        var updated = stack.Update(("Word", "two"), ("Twice", "no"));

        Assert.Equal("UPDATE_COMPLETE", updated.Status);
        Assert.Equal(["Update First", "Delete Second", "Delete First"], stack.Asked[3..]);
        Assert.Equal(("one", "one"), ((string?)stack.Stacks.Requests[5].Body["PhysicalResourceId"], (string?)stack.Stacks.Requests[5].Body["ResourceProperties"]!["Word"]));
        stack.Delete();
        Assert.Equal("two", (string?)stack.Stacks.Requests[^1].Body["PhysicalResourceId"]);
    }

    [Fact]
    public void An_update_that_fails_is_taken_back_by_one_with_the_properties_of_before()
    {
        stack.Create();
        stack.Script = static request => (string?)request["ResourceProperties"]!["Word"] is "two" && (string?)request["RequestType"] is "Update" ? ScriptedStack.Bad(request) : ScriptedStack.Good(request);

        var updated = stack.Update(("Word", "two"));

        Assert.Equal(("UPDATE_ROLLBACK_COMPLETE", "because"), (updated.Status, updated.Reason));
        Assert.Equal(["Update First", "Update First", "Delete First"], stack.Asked[3..]);
        Assert.Equal(("one", "two", "two"), (Told(4, "ResourceProperties"), Told(4, "OldResourceProperties"), (string?)stack.Stacks.Requests[5].Body["PhysicalResourceId"]));
        Assert.Equal("hello one", updated.Stack.Outputs["Greeting"]);
    }

    [Fact]
    public void A_deletion_goes_the_other_way_round_and_stops_where_one_refuses()
    {
        stack.Create();
        stack.Script = static request => (string?)request["LogicalResourceId"] is "Second" ? ScriptedStack.Bad(request) : ScriptedStack.Good(request);

        var refused = stack.Delete();
        stack.Script = ScriptedStack.Good;
        var deleted = stack.Delete();

        Assert.Equal(("DELETE_FAILED", "because", "DELETE_COMPLETE"), (refused.Status, refused.Reason, deleted.Status));
        Assert.Equal(["Delete Third", "Delete Second", "Delete Second", "Delete First"], stack.Asked[3..]);
        Assert.Empty(stack.Cloud.Lambda.All);
    }

    [Fact]
    public void Who_does_not_answer_in_time_has_failed()
    {
        stack.Script = static request => (string?)request["RequestType"] is "Create" ? null : ScriptedStack.Good(request);
        var began = stack.Cloud.Time.GetUtcNow();

        var created = stack.Create();

        Assert.Contains("did not receive a response", created.Reason, StringComparison.Ordinal);
        Assert.InRange(stack.Cloud.Time.GetUtcNow() - began, TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(620));
    }

    [Fact]
    public void A_function_whose_answer_is_not_taken_is_invoked_again_as_lambda_does_and_answers_then()
    {
        stack.Stacks.Responses.Refuse(HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable);

        var created = stack.Create();

        Assert.Equal("CREATE_COMPLETE", created.Status);
        Assert.Single(stack.Stacks.Requests[0].Answers);
    }

    [Theory]
    [InlineData("RequestId", "another", "RequestId is not that of the request")]
    [InlineData("PhysicalResourceId", "", "Invalid PhysicalResourceId")]
    [InlineData("Status", "DONE", "Status 'DONE'")]
    public void An_answer_that_is_not_well_formed_is_a_failure(string field, string value, string reason)
    {
        stack.Script = request =>
        {
            var answer = ScriptedStack.Good(request);
            if ((string?)request["RequestType"] is "Create") answer[field] = value;
            return answer;
        };

        Assert.Contains(reason, stack.Create().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_of_more_than_4096_bytes_is_a_failure()
    {
        stack.Script = static request =>
        {
            var answer = ScriptedStack.Good(request);
            if ((string?)request["RequestType"] is "Create") answer["Data"] = new JsonObject { ["Greeting"] = new string('x', 4000) };
            return answer;
        };

        Assert.Contains("too long", stack.Create().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_with_a_content_type_is_not_what_was_signed()
    {
        stack.ContentType = "application/json";

        Assert.Contains("did not receive a response", stack.Create().Reason, StringComparison.Ordinal);
        Assert.Empty(stack.Stacks.Requests[0].Answers);
    }

    [Fact]
    public void What_a_resource_needs_is_known_of_the_template_with_what_sam_makes_of_events() =>
        Assert.Equal(["Answer", "AnswerSoon", "AnswerToldPermission"], stack.Definition.NeededBy("First"));

    [Fact]
    public void A_plain_deployment_makes_all_but_custom_resources_and_refuses_what_refers_to_one() =>
        Assert.Contains("First, a custom resource", Assert.Throws<TemplateException>(() => stack.Definition.Deploy(stack.Cloud, "plain", new Dictionary<string, string>(StringComparer.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_parameter_that_is_secret_or_not_there_cannot_be_referred_to()
    {
        stack.Cloud.Parameters.Delete("/own/word");

        Assert.Throws<TemplateException>(() => stack.Create());
    }

    private string? Told(int request, string properties) => (string?)stack.Stacks.Requests[request].Body[properties]!["Word"];
}
