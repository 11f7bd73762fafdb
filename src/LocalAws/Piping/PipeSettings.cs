using System.Collections.Immutable;
using LocalAws.Access;

namespace LocalAws.Piping;

/// <summary>A pipe of EventBridge Pipes, from a queue to the default event bus.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Role">As whom it reads the queue and puts events.</param>
/// <param name="SourceArn">The queue.</param>
/// <param name="TargetArn">The bus.</param>
/// <param name="BatchSize">How many messages it takes at once.</param>
/// <param name="Window">For how long it waits for that many.</param>
/// <param name="Target">What the events look like.</param>
/// <param name="Enabled">Whether it shall run.</param>
public sealed record PipeSettings(string LogicalId, string Name, string Arn, Caller Role, string SourceArn, string TargetArn, int BatchSize, TimeSpan Window, PipeTarget Target, bool Enabled);

/// <summary>What a pipe's events look like: each a text, or a path such as <c>$.body.id</c> into the record that the pipe read.</summary>
/// <param name="Source">Null: what AWS gives, <c>Pipe NAME</c>.</param>
/// <param name="DetailType">Null: what AWS gives, <c>Event from aws:sqs</c>.</param>
/// <param name="Resources">ARNs.</param>
/// <param name="Time">A path to a time; null: when the event is put.</param>
/// <param name="InputTemplate">The detail, with <c>&lt;$.path&gt;</c> and <c>&lt;aws.pipes.…&gt;</c> for values; null: the record.</param>
public sealed record PipeTarget(string? Source, string? DetailType, ImmutableArray<string> Resources, string? Time, string? InputTemplate);
