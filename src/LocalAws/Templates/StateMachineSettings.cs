namespace LocalAws.Templates;

/// <summary>A state machine as the template describes it.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Definition">The States Language text, its substitutions made.</param>
/// <param name="Express">Express rather than Standard.</param>
/// <param name="Role">As whom it calls.</param>
/// <param name="Logging">What it logs; null: nothing.</param>
/// <param name="Tracing">Whether it traces.</param>
public sealed record StateMachineSettings(
    string LogicalId,
    string Name,
    string Arn,
    string Definition,
    bool Express,
    RoleSettings Role,
    LoggingSettings? Logging,
    bool Tracing)
{
    /// <summary>Its tags: those of the template, of SAM and of CloudFormation.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

/// <summary>What a state machine logs.</summary>
/// <param name="Level"><c>ALL</c>, <c>ERROR</c> or <c>FATAL</c>.</param>
/// <param name="IncludeExecutionData">Whether inputs and outputs are logged.</param>
/// <param name="LogGroupArn">Where to.</param>
public sealed record LoggingSettings(string Level, bool IncludeExecutionData, string LogGroupArn);
