using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Links;

/// <summary>Who may ask to connect, as EC2 takes it in AddAllowedPrincipals.</summary>
internal static partial class Principal
{
    public const string Allowed = "a 12-digit account id, or the ARN of an account's root, of a role or of a user, without path and wildcard";

    /// <summary>The ARN and its account, or the reason why it cannot be a consumer.</summary>
    public static (string Arn, string AccountId, string? Refusal) Read(string text, string partition)
    {
        if (AccountId().IsMatch(text)) return ($"arn:{partition}:iam::{text}:root", text, null);
        if (Arn().Match(text) is not { Success: true } arn) return ("", "", WhyNot(text));

        var (stands, account, name) = (arn.Groups["partition"].Value, arn.Groups["account"].Value, arn.Groups["name"].Value);
        if (stands != partition) return ("", "", $"The ARN is of the partition {stands}, and the stack stands in {partition}; no endpoint reaches across.");
        if (name.Contains('/', StringComparison.Ordinal)) return ("", "", "EC2 takes no role or user with a path as an allowed principal; give it one without, or name the account.");

        return (text, account, null);
    }

    private static string WhyNot(string text) => text switch
    {
        "*" => "\"*\" lets everyone in AWS ask to connect, and an acceptance rule belongs to one account; name the accounts.",
        _ when text.Contains('*', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal) => "A principal takes no wildcard; name each role, or the account.",
        _ when text.StartsWith("arn:", StringComparison.Ordinal) && text.Contains(":assumed-role/", StringComparison.Ordinal) =>
            "That is a session of a role; name the role itself, as arn:…:iam::…:role/NAME.",
        _ when text.Length > 0 && text.All(char.IsAsciiDigit) => "An account id has 12 digits, leading zeros included.",
        _ => "EC2 could not take that as an allowed principal.",
    };

    [GeneratedRegex(@"\A[0-9]{12}\z", RegexOptions.NonBacktracking)]
    private static partial Regex AccountId();

    [GeneratedRegex(
        @"\Aarn:(?<partition>aws[a-z-]{0,16}):iam::(?<account>[0-9]{12}):(?:root|(?:role|user)/(?<name>[A-Za-z0-9_+=,.@/-]{1,512}))\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Arn();
}
