using LocalAws.Wire;

namespace LocalAws.StepFunctions;

/// <summary>What Step Functions takes as a name and as an ARN.</summary>
internal static class Names
{
    private const string Forbidden = " <>{}[]?*\"#%\\^|~`$&,;:/";

    public static string CheckName(string name) =>
        name.Length is > 0 and <= 80 && !name.Any(character => Forbidden.Contains(character, StringComparison.Ordinal) || char.IsControl(character) || char.IsWhiteSpace(character))
            ? name
            : throw new AwsErrorException("InvalidName", $"Invalid Name: '{name}'");

    public static void CheckArn(string arn, string kind)
    {
        if (arn.Split(':') is not ["arn", _, "states", _, _, var found, _, ..] || found != kind)
            throw new AwsErrorException("InvalidArn", $"Invalid Arn: 'Resource type not valid in this context: {arn}'");
    }
}
