using LocalAws.Accounts;
using LocalAws.Doors;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Validation;

namespace ServerlessPrivateLink.Cli.Local;

/// <summary>What <c>privatelink local</c> was asked.</summary>
/// <param name="Port">The port; 0: any that is free.</param>
/// <param name="Account">The account's directory; null: the example.</param>
/// <param name="Speed">Simulated seconds in a real one.</param>
/// <param name="Link">A link document that is provisioned at once; null: none.</param>
public sealed record LocalOptions(int Port, string? Account, double Speed, string? Link)
{
    public const int UsualPort = 4599;

    /// <summary>A link takes half a minute, and each of its states can still be looked at by hand.</summary>
    public const double UsualSpeed = 10;

    public const double HighestSpeed = 3600;
}

/// <summary><c>privatelink local</c>: serves an embedded AWS on a port of this machine.</summary>
public static class LocalCommand
{
    private const int Seed = 1;

    public static async Task<int> RunAsync(LocalOptions options, Screen screen, Host host, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(screen);
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            return await RunCheckedAsync(options, screen, host, stop);
        }
        catch (Exception e) when (e is BadInputException or AccountFormatException)
        {
            await screen.Error.WriteLineAsync($"privatelink: {e.Message}");
            return ExitCode.BadInput;
        }
    }

    private static async Task<int> RunCheckedAsync(LocalOptions options, Screen screen, Host host, CancellationToken stop)
    {
        var home = HomeDirectory.Find(host.Home, AppContext.BaseDirectory);
        var account = AccountDescription.Load(options.Account ?? home.ExampleAccount);
        var document = "";
        var reading = options.Link is { } path ? LinkFile.Read(path, account.Partition, LinkFile.Today(host.Clock), out document) : null;
        if (reading is { Link: null })
        {
            new InputErrors(reading.Errors).WriteText(screen.Error, options.Link!);
            return ExitCode.BadInput;
        }

        using var deployed = DeployedStack.Deploy(account, Template.Load(home.Template), reading?.Link, Seed, host.Clock.GetUtcNow());
        var cloud = deployed.Cloud;
        AlertQueue.Open(deployed);
        cloud.Scheduler.Start();
        cloud.CloudWatch.Start();
        await using var door = await OpenAsync(deployed, options.Port, screen, host.Clock, stop);
        var execution = reading?.Link is { } link ? cloud.Time.Run(() => deployed.StartAsync(link.Name, document)) : null;
        var example = options.Link ?? (options.Account is null ? home.ExampleLink : null);
        Guide.Write(screen.Output, deployed, door.Endpoint, options.Speed, example is null ? null : Path.GetFullPath(example), execution);
        await using var looking = new Announcements(deployed, screen.Output).Start(options.Speed);
        cloud.Time.RunLive(options.Speed, host.Clock, stop);
        return ExitCode.Done;
    }

    private static async Task<LoopbackDoor> OpenAsync(DeployedStack deployed, int port, Screen screen, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            // Failures come from other threads; the screen belongs to the one that pumps.
            return await LoopbackDoor.OpenAsync(
                deployed.Cloud,
                port,
                clock,
                failure => deployed.Cloud.Time.Post(() => screen.Error.WriteLine($"privatelink: this should not have happened, and is a fault of LocalAws: {failure}")),
                stop);
        }
        catch (IOException e)
        {
            throw new BadInputException($"--port {port}: {e.Message} Choose another, or 0 for any that is free.");
        }
    }
}
