using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>
/// One decision of the connections' story. All instants are simulated seconds from the start of the rehearsal, as the embedded AWS recorded them.
/// </summary>
/// <param name="Endpoint">The consumer's endpoint.</param>
/// <param name="Owner">The consumer's account.</param>
/// <param name="Decision"><c>accept</c>, <c>flag</c>, <c>reject</c>, or <c>none</c> when nothing came of it.</param>
/// <param name="Reason">Why, in the product's words.</param>
/// <param name="RequestedAt">When the consumer created the endpoint.</param>
/// <param name="DecidedAt">When EC2 took the answer; of what is flagged, when people were told; null: never.</param>
/// <param name="What">What happens, in a sentence.</param>
/// <param name="NotifiedAt">When EC2 published that the endpoint was created; null: that was lost.</param>
/// <param name="Foreseen">Whether it was decided as the rules say.</param>
/// <param name="Alerts">What was published to the alert topic meanwhile.</param>
public sealed record ConnectionReport(
    string Endpoint,
    string Owner,
    string Decision,
    string Reason,
    double RequestedAt,
    double? DecidedAt,
    string What,
    double? NotifiedAt,
    bool Foreseen,
    [property: JsonIgnore] ImmutableArray<SentAlert> Alerts)
{
    public const string Accept = "accept";
    public const string Flag = "flag";
    public const string Reject = "reject";
    public const string None = "none";
}
