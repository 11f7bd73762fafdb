using System.Text.Json.Serialization;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>What a change does to what there is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
public enum ChangeKind
{
    [JsonStringEnumMemberName("create")]
    Create,

    [JsonStringEnumMemberName("change")]
    Change,

    [JsonStringEnumMemberName("remove")]
    Remove,

    /// <summary>People are told.</summary>
    [JsonStringEnumMemberName("tell")]
    Tell,
}

/// <summary>A call that a run would make.</summary>
/// <param name="Action">The action, as policies name it: <c>ec2:CreateTags</c>.</param>
/// <param name="Kind">What it does.</param>
/// <param name="What">To what, in words.</param>
public sealed record PlannedCall(string Action, ChangeKind Kind, string What);
