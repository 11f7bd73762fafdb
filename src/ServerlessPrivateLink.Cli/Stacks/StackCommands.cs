using System.CommandLine;
using ServerlessPrivateLink.Cli.Connections;
using ServerlessPrivateLink.Cli.Doctor;
using ServerlessPrivateLink.Cli.Operations;
using ServerlessPrivateLink.Cli.Plans;
using ServerlessPrivateLink.Connections;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>The commands that work on a deployed stack, and what they take.</summary>
internal static class StackCommands
{
    public static IEnumerable<Command> All(Screen screen, Host host) =>
    [
        Links(screen, host),
        Status(screen, host),
        Doctor(screen, host),
        Up(screen, host),
        Down(screen, host),
        Sync(screen, host),
        Plan(screen, host),
        Drift(screen, host),
        Repair(screen, host),
        Connections(screen, host),
        Accept(screen, host),
        Reject(screen, host),
    ];

    private static Command Links(Screen screen, Host host) => OnStack(
        new Command("links", "Lists the links of the stack, one to a line."),
        screen,
        host,
        (session, options, _, stop) => StatusCommand.RunAsync(session, new(null, Brief: true, Watch: false, options.Json), screen, host.Clock, stop));

    private static Command Status(Screen screen, Host host)
    {
        var link = new Argument<string?>("LINK") { Description = "The link's name (default: all links).", Arity = ArgumentArity.ZeroOrOne };
        CommandLine.RefuseOptions(link);
        var watch = new Option<bool>("--watch") { Description = "Shows it again every 5 seconds, until Ctrl-C." };
        var share = new Option<string?>("--share") { Description = "What a consumer's support team asks for, and nothing else.", HelpName = $"{StatusCommand.AsText}|{StatusCommand.AsMarkdown}", Arity = ArgumentArity.ZeroOrOne };
        share.AcceptOnlyFromAmong(StatusCommand.AsText, StatusCommand.AsMarkdown);
        var command = new Command("status", "Shows how a link stands: service, load balancer, targets and their health, connections, cost; and the stack's alarms and its last sync. Changes nothing.") { link, watch, share };
        var onStack = OnStack(command, screen, host, (session, options, parsed, stop) => parsed.GetResult(share) is not null
            ? StatusCommand.ShareAsync(session, parsed.GetValue(link)!, parsed.GetValue(share) ?? StatusCommand.AsText, options.Json, screen, host.Clock)
            : StatusCommand.RunAsync(session, new(parsed.GetValue(link), Brief: false, parsed.GetValue(watch), options.Json), screen, host.Clock, stop));
        command.Validators.Add(result =>
        {
            if (result.GetValue(watch) && result.GetResult(share) is not null) result.AddError("--watch and --share cannot be had together.");
            if (result.GetValue(watch) && result.GetValue<bool>("--json")) result.AddError("--watch and --json cannot be had together.");
            if (result.GetResult(share) is not null && result.GetResult(link) is not { Tokens.Count: 1 }) result.AddError("--share is of one link: say which.");
        });
        return onStack;
    }

    private static Command Doctor(Screen screen, Host host)
    {
        var link = LinkName();
        var zones = new Option<string?>("--zones") { Description = "Zone ids of a consumer's subnets, separated by commas, to be compared with the service's.", HelpName = "ID,ID" };
        var command = new Command("doctor", "Looks at everything between a consumer and its database, and says what is broken and how to mend it. Ends with 1 when something is.") { link, zones };
        return OnStack(command, screen, host, (session, options, parsed, stop) => DoctorCommand.RunAsync(
            session,
            parsed.GetRequiredValue(link),
            [.. (parsed.GetValue(zones) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            options.Json,
            screen,
            stop));
    }

    private static Command Up(Screen screen, Host host)
    {
        var document = Plain("LINK.json", "The link document.");
        var detach = new Option<bool>("--detach") { Description = "Does not wait for the end." };
        var command = new Command("up", "Builds a link, or changes it into what its document says. What is there already stays as it is.") { document, detach };
        return OnStack(command, screen, host, (session, options, parsed, stop) =>
            UpCommand.RunAsync(session, parsed.GetRequiredValue(document), parsed.GetValue(detach), options.Json, screen, host.Clock, stop));
    }

    private static Command Down(Screen screen, Host host)
    {
        var link = LinkName();
        var force = new Option<bool>("--force") { Description = "Rejects connections that wait or are connected; without it they are in the way." };
        var detach = new Option<bool>("--detach") { Description = "Does not wait for the end." };
        var command = new Command("down", "Takes a link down, from whatever state it is in, until nothing of it is left.") { link, force, detach };
        return OnStack(command, screen, host, (session, options, parsed, stop) =>
            DownCommand.RunAsync(session, parsed.GetRequiredValue(link), parsed.GetValue(force), parsed.GetValue(detach), options.Json, screen, host.Clock, stop));
    }

    private static Command Sync(Screen screen, Host host)
    {
        var link = LinkName();
        var command = new Command("sync", "Puts a link's targets where its databases are, now and not at the next minute.") { link };
        return OnStack(command, screen, host, (session, options, parsed, stop) => SyncCommand.RunAsync(session, parsed.GetRequiredValue(link), options.Json, screen, stop));
    }

    private static Command Plan(Screen screen, Host host)
    {
        var link = new Argument<string>("LINK.json") { Description = "The link document." };
        CommandLine.RefuseOptions(link);
        var command = new Command("plan", "Shows what provisioning a document would create, change and remove, and does nothing. Ends with 4 when that is anything.") { link };
        return OnStack(command, screen, host, (session, options, parsed, stop) => PlanCommand.RunAsync(session, parsed.GetRequiredValue(link), options.Json, screen, host.Clock, stop));
    }

    private static Command Drift(Screen screen, Host host)
    {
        var link = LinkName();
        var command = new Command("drift", "Shows what people changed of a link by hand. Ends with 4 when that is anything.") { link };
        return OnStack(command, screen, host, (session, options, parsed, stop) => DriftCommand.RunAsync(session, parsed.GetRequiredValue(link), options.Json, screen, host.Clock, stop));
    }

    private static Command Repair(Screen screen, Host host)
    {
        var link = LinkName();
        var detach = new Option<bool>("--detach") { Description = "Does not wait for the end." };
        var command = new Command("repair", "Puts back what people changed of a link by hand, by provisioning its last document again.") { link, detach };
        return OnStack(command, screen, host, (session, options, parsed, stop) => UpCommand.RepairAsync(session, parsed.GetRequiredValue(link), parsed.GetValue(detach), options.Json, screen, host.Clock, stop));
    }

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
