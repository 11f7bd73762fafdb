using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.Wire;

namespace LocalAws.Sqs;

/// <summary>Making, finding, describing, changing, emptying and deleting queues.</summary>
internal sealed class QueueCalls(SqsState sqs)
{
    private const int MostPerPage = 1000;

    public IEnumerable<Operation> Operations =>
    [
        Operation.Writes("CreateQueue", Create),
        Operation.Writes("DeleteQueue", Delete),
        Operation.Reads("GetQueueUrl", GetUrl),
        Operation.Reads("ListQueues", List),
        Operation.Reads("GetQueueAttributes", GetAttributes),
        Operation.Writes("SetQueueAttributes", SetAttributes),
        Operation.Writes("PurgeQueue", Purge),
    ];

    private Answer Create(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var name = CheckName(request.Required("QueueName"));
        call.Demand(SqsState.ArnOf(call.Cloud, name));
        var attributes = QueueAttributes.Default.With(request.Map("Attributes"));
        if (sqs.WasJustDeleted(name))
            throw new AwsErrorException("QueueDeletedRecently", "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
        if (sqs.Named(name) is not { } existing)
        {
            sqs.CheckTarget(attributes);
            var made = sqs.Create(name);
            sqs.Set(made, attributes);
        }
        else if (attributes.Given.FirstOrDefault(attribute => existing.Attributes.All.GetValueOrDefault(attribute.Key) != attribute.Value).Key is { } other)
        {
            throw new AwsErrorException("QueueNameExists", $"A queue already exists with the same name and a different value for attribute {other}");
        }

        return Url(call, name);
    }

    private Answer Delete(ApiCall call)
    {
        sqs.Delete(new SqsRequest(call.Body).Queue(call, call.Action));
        return Answer.Of(new JsonObject());
    }

    private Answer GetUrl(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var name = request.Required("QueueName");
        call.Demand(SqsState.ArnOf(call.Cloud, name));
        var isOwn = (request.Text("QueueOwnerAWSAccountId") ?? call.Cloud.Options.AccountId) == call.Cloud.Options.AccountId;
        return isOwn && sqs.Named(name) is not null ? Url(call, name) : throw SqsErrors.NoQueue();
    }

    private Answer List(ApiCall call)
    {
        call.Demand("*");
        var request = new SqsRequest(call.Body);
        var prefix = request.Text("QueueNamePrefix") ?? "";
        var page = Page.Of(
            sqs.All.Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal)),
            request.Number("MaxResults", 1, MostPerPage) ?? MostPerPage,
            request.Text("NextToken"),
            () => SqsErrors.Invalid("NextToken", "given", "Invalid or expired next token."));
        var answer = new JsonObject();
        if (!page.Items.IsEmpty)
            answer["QueueUrls"] = new JsonArray([.. page.Items.Select(queue => JsonValue.Create(SqsState.UrlOf(call.Cloud, queue.Name)))]);
        if (page.Next is { } next && call.Body["MaxResults"] is not null)
            answer["NextToken"] = next;
        return Answer.Of(answer);
    }

    private Answer GetAttributes(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var queue = request.Queue(call, call.Action);
        var all = Describe(call, queue);
        var wanted = request.Texts("AttributeNames");
        var known = QueueAttributes.Names.AddRange(all.Keys).Add("All");
        if (wanted.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw SqsErrors.UnknownAttribute(unknown);
        var shown = wanted.Contains("All", StringComparer.Ordinal) ? all : all.Where(attribute => wanted.Contains(attribute.Key, StringComparer.Ordinal));
        var attributes = new JsonObject(shown.Select(attribute => KeyValuePair.Create<string, JsonNode?>(attribute.Key, attribute.Value)));
        return Answer.Of(attributes.Count == 0 ? new JsonObject() : new() { ["Attributes"] = attributes });
    }

    private static ImmutableSortedDictionary<string, string> Describe(ApiCall call, Queue queue)
    {
        var now = call.Cloud.Time.GetUtcNow();
        var messages = queue.Messages;
        var inFlight = messages.Count(message => message.IsInFlight(now));
        var visible = messages.Count(message => message.VisibleAt <= now);
        return queue.Attributes.All.SetItems(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ApproximateNumberOfMessages"] = Text(visible),
            ["ApproximateNumberOfMessagesDelayed"] = Text(messages.Length - visible - inFlight),
            ["ApproximateNumberOfMessagesNotVisible"] = Text(inFlight),
            ["CreatedTimestamp"] = Text(queue.CreatedAt.ToUnixTimeSeconds()),
            ["LastModifiedTimestamp"] = Text(queue.ChangedAt.ToUnixTimeSeconds()),
            ["QueueArn"] = queue.Arn,
        });
    }

    private Answer SetAttributes(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var queue = request.Queue(call, call.Action);
        var attributes = queue.Attributes.With(request.Map("Attributes"));
        sqs.CheckTarget(attributes);
        sqs.Set(queue, attributes);
        return Answer.Of(new JsonObject());
    }

    private Answer Purge(ApiCall call)
    {
        new SqsRequest(call.Body).Queue(call, call.Action).Purge();
        return Answer.Of(new JsonObject());
    }

    private static string CheckName(string name)
    {
        const int Longest = 80;
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            throw SqsErrors.Unsupported($"'{name}': only standard queues are imitated.");
        return name.Length <= Longest && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? name
            : throw SqsErrors.Invalid("QueueName", name, $"Can only include alphanumeric characters, hyphens, or underscores. 1 to {Longest} in length");
    }

    private static Answer Url(ApiCall call, string name) => Answer.Of(new JsonObject { ["QueueUrl"] = SqsState.UrlOf(call.Cloud, name) });

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
