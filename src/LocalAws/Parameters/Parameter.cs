namespace LocalAws.Parameters;

/// <summary>A parameter of the Parameter Store.</summary>
/// <param name="Name">Its name, a path from a slash on where it has levels.</param>
/// <param name="Type"><c>String</c>, <c>StringList</c> or <c>SecureString</c>.</param>
/// <param name="Value">Its latest value.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="WrittenAt">When it was written last.</param>
public sealed record Parameter(string Name, string Type, string Value, long Version, DateTimeOffset WrittenAt)
{
    /// <summary>Its tier, by its size.</summary>
    public string Tier => System.Text.Encoding.UTF8.GetByteCount(Value) > 4096 ? "Advanced" : "Standard";

    /// <summary>Whether its value is shown only to those who ask for decryption.</summary>
    public bool IsSecret => Type is "SecureString";
}
