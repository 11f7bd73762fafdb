using System.CommandLine;
using ServerlessPrivateLink.Cli.Connections;
using ServerlessPrivateLink.Connections;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>The commands that work on a deployed stack, and what they take.</summary>
internal static class StackCommands
{
    public static IEnumerable<Command> All(Screen screen, Host host) =>
    [
        Connections(screen, host),
        Accept(screen, host),
        Reject(screen, host),
    ];

    private static Command Connections(Screen screen, Host host)
    {
        var link = LinkName();
        var command = new Command("connections", "Shows who is connected to a link, who asks to be, and what the rules say.") { link };
        return OnStack(command, screen, host, (session, options, parsed, stop) => ConnectionsCommand.RunAsync(session, parsed.GetRequiredValue(link), options.Json, screen, host.Clock, stop));
    }

    private static Command Accept(Screen screen, Host host)
    {
        var (link, endpoint, reason) = (LinkName(), Endpoint(), Reason());
        var against = new Option<bool>("--override") { Description = "Even against the rules, until that is withdrawn. It is alerted." };
        var withdraw = new Option<bool>("--withdraw") { Description = "Takes an override back: the next review decides by the rules." };
        var command = new Command("accept", "Accepts a connection that waits, as the rules of its link allow.") { link, endpoint, against, withdraw, reason };
        command.Validators.Add(result =>
        {
            if (result.GetValue(against) && result.GetValue(withdraw)) result.AddError("--override and --withdraw contradict each other.");
        });
        return OnStack(command, screen, host, (session, options, parsed, stop) => AnswerCommand.RunAsync(
            session,
            new(parsed.GetRequiredValue(link), parsed.GetRequiredValue(endpoint), Answer.Accept, parsed.GetValue(against), parsed.GetValue(withdraw), parsed.GetValue(reason) ?? "", session.Who),
            options.Json,
            screen,
            stop));
    }

    private static Command Reject(Screen screen, Host host)
    {
        var (link, endpoint, reason) = (LinkName(), Endpoint(), Reason());
        var command = new Command("reject", "Rejects a connection that waits, or cuts one that is connected.") { link, endpoint, reason };
        return OnStack(command, screen, host, (session, options, parsed, stop) => AnswerCommand.RunAsync(
            session,
            new(parsed.GetRequiredValue(link), parsed.GetRequiredValue(endpoint), Answer.Reject, Override: false, Withdraw: false, parsed.GetValue(reason) ?? "", session.Who),
            options.Json,
            screen,
            stop));
    }

    private static Command OnStack(Command command, Screen screen, Host host, Func<StackSession, StackOptions, ParseResult, CancellationToken, Task<int>> run)
    {
        var place = new PlaceOptions();
        place.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var options = place.Read(parsed);
            return StackWork.RunAsync(options, screen, host, session => run(session, options, parsed, stop), stop);
        });
        return command;
    }

    private static Argument<string> LinkName() => Plain("LINK", "The link's name.");

    private static Argument<string> Endpoint() => Plain("VPCE", "The consumer's endpoint, such as vpce-0123456789abcdef0.");

    private static Option<string?> Reason() => new("--reason") { Description = "Why; it stands in the log and the alert.", HelpName = "TEXT" };

    private static Argument<string> Plain(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        CommandLine.RefuseOptions(argument);
        return argument;
    }
}
