using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessPrivateLink.TargetSync;

/// <param name="Link">Only this link; null: the whole stack, as the schedule asks for it.</param>
/// <param name="MostRemovals">How many targets that still serve may be removed from one group; null: <see cref="SyncLimits.Default"/>.</param>
/// <param name="Follow">A failover that is being followed; null: none.</param>
/// <param name="OnlyMoved">Only those whose database is elsewhere than it was seen last, as a watch asks for it.</param>
/// <param name="Registered">For those: what the run before returned, <see cref="Registrations"/>; null: this is the first.</param>
public sealed record SyncTargetsInput(string? Link = null, int? MostRemovals = null, FollowInput? Follow = null, bool OnlyMoved = false, JsonObject? Registered = null)
{
    /// <summary>The schedule asks for nothing in particular, and so a cold start of it need not learn these shapes.</summary>
    /// <exception cref="JsonException">A field is none of these, or not of its type.</exception>
    public static SyncTargetsInput Read(JsonElement input) =>
        input.ValueKind is JsonValueKind.Object && !input.EnumerateObject().Any() ? new() : input.Deserialize(Wire.Default.SyncTargetsInput) ?? new();
}

/// <param name="Databases">The databases that fail over, by their names within links; empty: any of the stack's.</param>
/// <param name="Announced">When RDS said so.</param>
/// <param name="Started">When the following began.</param>
/// <param name="Progress">What the run before returned, a <see cref="FollowProgress"/>; null: this is the first.</param>
public sealed record FollowInput(ImmutableArray<string> Databases, DateTimeOffset Announced, DateTimeOffset Started, JsonObject? Progress = null);

/// <param name="Looked">How many target groups were looked at.</param>
/// <param name="Changed">How many of them were changed.</param>
/// <param name="Left">How many there was no time for.</param>
/// <param name="Progress">For the next run of a following, a <see cref="FollowProgress"/>, and of a watch, <see cref="Registrations"/>.</param>
/// <param name="Done">Whether a following is over, and all that a watch asked for is done.</param>
/// <param name="Again">When a following wants its next run.</param>
public sealed record SyncTargetsOutput(int Looked, int Changed, int Left, JsonObject? Progress, bool Done, DateTimeOffset? Again)
{
    /// <summary>As it travels; by hand for the sake of cold starts, as <see cref="SyncTargetsInput.Read"/>.</summary>
    public JsonObject ToJson() => new()
    {
        [nameof(Looked)] = Looked,
        [nameof(Changed)] = Changed,
        [nameof(Left)] = Left,
        [nameof(Progress)] = Progress,
        [nameof(Done)] = Done,
        [nameof(Again)] = Again is { } again ? again : null,
    };
}
