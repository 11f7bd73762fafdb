using Amazon.Runtime.CredentialManagement;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>Where a command works: what an option, the environment or samconfig.toml says, the first of them that says it.</summary>
/// <param name="Stack">The stack's name; null: nobody says it.</param>
/// <param name="SaidBy">Who says it.</param>
/// <param name="Region">The Region.</param>
public sealed record ChosenPlace(string? Stack, string SaidBy, string Region)
{
    public const string StackVariable = "PRIVATELINK_STACK";

    private const string ProfileVariable = "AWS_PROFILE";

    /// <exception cref="BadInputException">Nobody says the Region.</exception>
    public static ChosenPlace Of(StackOptions options, Host host)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(host);
        var sam = SamConfig.Of(HomeDirectory.Find(host.Home, AppContext.BaseDirectory).Path);
        var (stack, by) = First((options.Stack, "--stack"), (Variable(host, StackVariable), StackVariable), (sam.Stack, SamConfig.FileName));
        var (region, _) = First(
            (options.Region, "--region"),
            (Variable(host, "AWS_REGION"), "AWS_REGION"),
            (Variable(host, "AWS_DEFAULT_REGION"), "AWS_DEFAULT_REGION"),
            (sam.Region, SamConfig.FileName),
            (RegionOfProfile(options, host), ProfileVariable));
        return new(stack, by, region ?? throw new BadInputException($"No Region is known. Say it by --region, AWS_REGION, {SamConfig.FileName} or the profile of the AWS configuration."));
    }

    private static (string? Value, string By) First(params ReadOnlySpan<(string? Value, string By)> sources)
    {
        foreach (var source in sources)
        {
            if (!string.IsNullOrEmpty(source.Value))
                return source;
        }

        return (null, "");
    }

    private static string? Variable(Host host, string name) => host.Variables.GetValueOrDefault(name);

    private static string? RegionOfProfile(StackOptions options, Host host) =>
        host.Aws is null && new CredentialProfileStoreChain().TryGetProfile(options.Profile ?? Variable(host, ProfileVariable) ?? "default", out var profile) ? profile.Region?.SystemName : null;
}
