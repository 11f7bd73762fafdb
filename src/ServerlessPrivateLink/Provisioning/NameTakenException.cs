namespace ServerlessPrivateLink.Provisioning;

/// <summary>A resource of a name that the link needs exists already and does not carry the link's tags.</summary>
public sealed class NameTakenException(string kind, string name, string stack, string link)
    : RefusedException(
        $"The {kind} {name} exists and is not tagged as the stack {stack}'s for the link {link}; what others made is never changed.",
        $"Delete or rename that {kind}, or give the link another name.");
