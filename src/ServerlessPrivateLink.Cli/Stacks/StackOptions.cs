namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>Which stack a command is for, and how it reaches AWS; null: not said.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Region">Where it stands.</param>
/// <param name="Profile">The profile of the AWS configuration whose credentials are taken.</param>
/// <param name="Endpoint">What is asked in place of AWS.</param>
/// <param name="Json">One JSON document and nothing else.</param>
public sealed record StackOptions(string? Stack, string? Region, string? Profile, Uri? Endpoint, bool Json);
