namespace LocalAws.Doors;

/// <summary>The connection broke before an answer came; a client cannot tell whether the call was carried out.</summary>
public sealed class ConnectionLostException(string action) : HttpRequestException($"The connection was closed during {action}.");
