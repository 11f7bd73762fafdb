using System.CommandLine;
using System.CommandLine.Parsing;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>The options of every command that works on a deployed stack.</summary>
internal sealed class PlaceOptions
{
    private readonly Option<string?> stack = new("--stack") { Description = $"The stack (default: {ChosenPlace.StackVariable}, {SamConfig.FileName}, or the only one of the account).", HelpName = "NAME" };
    private readonly Option<string?> region = new("--region") { Description = $"Its Region (default: AWS_REGION, AWS_DEFAULT_REGION, {SamConfig.FileName}, or the profile's).", HelpName = "REGION" };
    private readonly Option<string?> profile = new("--profile") { Description = "The profile of the AWS configuration (default: as the AWS SDKs find credentials).", HelpName = "NAME" };
    private readonly Option<Uri?> endpoint = new("--endpoint-url") { Description = "What to ask in place of AWS, such as the address that \"privatelink local\" prints.", HelpName = "URL", CustomParser = ReadUrl };
    private readonly Option<bool> json = new("--json") { Description = "One JSON document on the output and nothing else." };

    public void AddTo(Command command)
    {
        command.Options.Add(stack);
        command.Options.Add(region);
        command.Options.Add(profile);
        command.Options.Add(endpoint);
        command.Options.Add(json);
    }

    public StackOptions Read(ParseResult parsed) =>
        new(parsed.GetValue(stack), parsed.GetValue(region), parsed.GetValue(profile), parsed.GetValue(endpoint), parsed.GetValue(json));

    private static Uri? ReadUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
            return url;
        result.AddError($"--endpoint-url {text}: a URL begins with http:// or https://.");
        return null;
    }
}
