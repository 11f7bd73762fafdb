namespace ServerlessPrivateLink.Cli;

/// <summary>What the user gave cannot be worked with; the message says what and why.</summary>
public sealed class BadInputException(string message) : Exception(message);
