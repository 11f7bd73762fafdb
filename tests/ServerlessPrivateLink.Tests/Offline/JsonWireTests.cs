using Amazon.ResourceGroupsTaggingAPI.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class JsonWireTests
{
    [Fact]
    public async Task A_request_is_a_json_object_under_a_target()
    {
        var transport = new Transport(Answer.Ok("""{"executionArn":"arn:execution","startDate":1772600767.5}"""));
        using var client = transport.States();

        var answer = await client.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = "arn:machine", Name = "first", Input = """{"name":"ä"}""" });

        Assert.Equal("https://states.eu-central-1.amazonaws.com/", transport.Only.Uri.ToString());
        Assert.Equal(("AWSStepFunctions.StartExecution", "application/x-amz-json-1.0"), (transport.Only.Headers["x-amz-target"], transport.Only.Headers["content-type"]));
        Assert.Equal(["input", "name", "stateMachineArn"], System.Text.Json.JsonDocument.Parse(transport.Only.Body).RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("arn:execution", answer.ExecutionArn);
        Assert.Equal(new DateTime(2026, 3, 4, 5, 6, 7, 500, DateTimeKind.Utc), answer.StartDate?.ToUniversalTime());
    }

    [Fact]
    public async Task Lists_go_as_arrays_an_assigned_empty_one_too_and_one_that_is_null_not_at_all()
    {
        var transport = new Transport(Answer.Ok("""{"PaginationToken":"","ResourceTagMappingList":[{"ResourceARN":"arn:group","Tags":[{"Key":"k","Value":""}]},{"Tags":[]}]}"""));
        using var client = transport.Tagging();

        var answer = await client.GetResourcesAsync(new GetResourcesRequest { TagFilters = [new() { Key = "k", Values = ["v", "w"] }, new() { Key = "l" }], ResourceTypeFilters = [] });

        Assert.Equal("""{"ResourceTypeFilters":[],"TagFilters":[{"Key":"k","Values":["v","w"]},{"Key":"l"}]}""", transport.Only.Text);
        Assert.Equal("application/x-amz-json-1.1", transport.Only.Headers["content-type"]);
        Assert.Equal(("", "arn:group", "k", ""), (answer.PaginationToken, answer.ResourceTagMappingList[0].ResourceARN, answer.ResourceTagMappingList[0].Tags[0].Key, answer.ResourceTagMappingList[0].Tags[0].Value));
    }

    [Fact]
    public async Task An_answer_is_read_past_members_that_we_do_not_know()
    {
        var transport = new Transport(Answer.Of(
            200,
            """
            {"later":{"a":[1,{"b":null}]},"nextToken":null,"events":[
              {"id":7,"previousEventId":0,"type":"TaskFailed","timestamp":1772600767,"taskFailedEventDetails":{"error":"E","cause":"C","more":[[]]}},
              {"id":8,"type":"NewlyInvented"}]}
            """,
            ("x-amzn-RequestId", "request-4")));
        using var client = transport.States();

        var answer = await client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = "arn:execution", ReverseOrder = true, MaxResults = 2 });

        Assert.Equal("""{"executionArn":"arn:execution","maxResults":2,"reverseOrder":true}""", transport.Only.Text);
        Assert.Equal([7, 8], answer.Events.Select(each => each.Id));
        Assert.Same(HistoryEventType.TaskFailed, answer.Events[0].Type);
        Assert.Equal(("E", "C"), (answer.Events[0].TaskFailedEventDetails.Error, answer.Events[0].TaskFailedEventDetails.Cause));
        Assert.Equal("NewlyInvented", answer.Events[1].Type.Value);
        Assert.Equal((null, "request-4"), (answer.NextToken, answer.ResponseMetadata.RequestId));
    }

    [Fact]
    public async Task Null_stays_null()
    {
        var transport = new Transport(Answer.Ok("""{"executions":null}"""));
        using var client = transport.States();

        Assert.Null((await client.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = "arn:machine" })).Executions);
    }
}
