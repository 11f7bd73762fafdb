using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>How a stack looks after its links, as CloudWatch shows it.</summary>
/// <param name="Troubles">What a person should look at; empty: nothing.</param>
/// <param name="Skipped">What could not be looked at, and why.</param>
/// <param name="Alarms">The stack's alarms, by name.</param>
/// <param name="LastSync">When targets were looked after last; null: that could not be read.</param>
public sealed record Upkeep(ImmutableArray<string> Troubles, ImmutableArray<string> Skipped, ImmutableArray<AlarmStatus> Alarms, LastSync? LastSync);

/// <param name="Alarm">Its name in the template.</param>
/// <param name="State">CloudWatch's word; null: it is there no more.</param>
/// <param name="Since">Since when; null: CloudWatch does not say.</param>
/// <param name="Means">What it means.</param>
/// <param name="Why">CloudWatch's reason for the state.</param>
public sealed record AlarmStatus(string Alarm, string? State, DateTimeOffset? Since, string? Means, string? Why);

/// <summary>The runs of the sync, which CloudWatch counts by the minute.</summary>
/// <param name="LookedAt">The minute in which a run looked at targets last, as the schedule's do; null: in none of these.</param>
/// <param name="RanAt">The minute in which the function ran last, for whatever reason; null: in none of these.</param>
/// <param name="Failed">Whether a run of that minute failed.</param>
/// <param name="Runs">How many there were in these minutes.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="Minutes">How many minutes these are.</param>
public sealed record LastSync(DateTimeOffset? LookedAt, DateTimeOffset? RanAt, bool Failed, int Runs, int Failures, int Minutes);
