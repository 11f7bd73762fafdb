using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.States;
using LocalAws.Wire;

namespace LocalAws.Sqs;

/// <summary>The parameters of one request, or of one entry of a batch.</summary>
internal sealed class SqsRequest(JsonObject body)
{
    public string? Text(string name) => body[name] is not { } value
        ? null
        : Json.String(value) ?? throw new AwsErrorException("SerializationException", $"{name} must be a string.");

    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw SqsErrors.Missing(name);

    /// <summary>A whole number within its range; null when it was not sent.</summary>
    public int? Number(string name, int from, int to)
    {
        if (body[name] is not { } value)
            return null;
        var number = Json.Number(value) ?? throw new AwsErrorException("SerializationException", $"{name} must be a number.");
        return number == Math.Truncate(number) && number >= from && number <= to
            ? (int)number
            : throw SqsErrors.Invalid(name, number.ToString(CultureInfo.InvariantCulture), $"Must be between {from} and {to}, if provided.");
    }

    public TimeSpan? Seconds(string name, int to) => Number(name, 0, to) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public ImmutableArray<string> Texts(string name) => body[name] is JsonArray list ? [.. list.Select(entry => entry?.ToString() ?? "")] : [];

    public IEnumerable<KeyValuePair<string, string>> Map(string name) =>
        (body[name] as JsonObject ?? []).Select(field => KeyValuePair.Create(field.Key, field.Value?.ToString() ?? ""));

    public ImmutableSortedDictionary<string, MessageAttribute> Attributes(string name) => MessageAttributes.Read(body[name]);

    /// <summary>The entries of a batch, which are few and have an id each.</summary>
    public ImmutableArray<SqsRequest> Entries()
    {
        const int Most = 10;
        ImmutableArray<SqsRequest> entries = body["Entries"] is JsonArray list ? [.. list.OfType<JsonObject>().Select(entry => new SqsRequest(entry))] : [];
        if (entries.IsEmpty)
            throw new AwsErrorException("EmptyBatchRequest", "There should be at least one entry in the request.");
        if (entries.Length > Most)
            throw new AwsErrorException("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are {Most}. You have sent {entries.Length}.");
        var ids = entries.Select(entry => entry.Required("Id")).ToImmutableArray();
        if (ids.FirstOrDefault(id => id.Length > 80 || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) is not null)
            throw new AwsErrorException("InvalidBatchEntryId", "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
        return ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new AwsErrorException("BatchEntryIdsNotDistinct", $"Id {twice.Key} repeated.")
            : entries;
    }

    /// <summary>The queue that the request names, once the caller may do this to it.</summary>
    public Queue Queue(ApiCall call, string action)
    {
        var parts = Required("QueueUrl").Split('/');
        var name = parts[^1];
        call.DemandAction(action, SqsState.ArnOf(call.Cloud, name));
        var isOwn = parts.Length < 2 || parts[^2] == call.Cloud.Options.AccountId;
        return (isOwn ? call.Cloud.Sqs.Named(name) : null) ?? throw SqsErrors.NoQueue();
    }

    /// <summary>Uses the queue's key in the caller's name.</summary>
    public static void DemandKey(ApiCall call, Queue queue, params ReadOnlySpan<string> actions)
    {
        try
        {
            call.Cloud.Sqs.DemandKey(call.Caller, queue, actions);
        }
        catch (AccessDeniedException denied)
        {
            throw new AwsErrorException("KmsAccessDenied", denied.Message);
        }
    }
}
