namespace LocalAws.Accounts;

/// <summary>A file of an account's description cannot be used; the message names the file, the place in it, and what is needed.</summary>
public sealed class AccountFormatException(string message) : Exception(message);
