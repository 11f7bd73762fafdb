using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ServerlessPrivateLink.Cli.Drills;
using ServerlessPrivateLink.Cli.Local;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Cli.Validation;

namespace ServerlessPrivateLink.Cli;

/// <summary>The commands and what they take.</summary>
public static class CommandLine
{
    public static RootCommand Build(Screen screen, Host host)
    {
        var root = new RootCommand("Hands a database in a private VPC to another AWS account over PrivateLink.")
        {
            Rehearse(screen, host),
            Drill(screen, host),
            Local(screen, host),
            Validate(screen, host),
        };
        foreach (var command in StackCommands.All(screen, host))
            root.Subcommands.Add(command);
        return root;
    }

    private static Command Rehearse(Screen screen, Host host)
    {
        var link = Link("The link document (default: examples/orders.json).");
        var account = Account();
        var faults = new Option<bool>("--faults")
        {
            Description = "One call in ten fails; says whether the link ends with the same resources as without.",
        };
        var seed = Seed("The seed of all chance: equal seeds give equal rehearsals. With --faults also several, such as 1..200.", "N|A..B");
        var asDeployed = new Option<bool>("--as-deployed") { Description = "Each function in a process of its own, as Lambda starts it." };
        var json = Json();
        var command = new Command("rehearse", "Runs the deployed state machines and functions on an embedded AWS, failovers included. Nothing leaves this machine.") { link, account, faults, seed, asDeployed, json };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(faults) && AreSeveral(result.GetResult(seed))) result.AddError("Several seeds need --faults.");
            if (result.GetValue(faults) && result.GetValue(asDeployed)) result.AddError("--faults runs the functions in this process: it cannot be had together with --as-deployed.");
        });
        command.SetAction(parsed => RehearseCommand.Run(
            new(parsed.GetValue(link), parsed.GetValue(account), parsed.GetRequiredValue(seed), parsed.GetValue(faults), parsed.GetValue(asDeployed), parsed.GetValue(json)), screen, host));
        return command;
    }

    private static Command Drill(Screen screen, Host host)
    {
        var link = Link("The link document (default: examples/orders.json, and examples/ledger.json for --kind aurora).");
        var account = Account();
        var kind = new Option<string?>("--kind") { Description = "What moves the database (default: the first that the link has).", HelpName = string.Join('|', DrillKinds.Names) };
        kind.AcceptOnlyFromAmong([.. DrillKinds.Names]);
        var course = new Option<string>("--course")
        {
            Description = $"How it goes. {DrillCourses.Described}.",
            HelpName = "NAME",
            DefaultValueFactory = _ => DrillCourses.Plain,
        };
        course.AcceptOnlyFromAmong([.. DrillCourses.Names]);
        var seed = Seed("The seed of all chance: equal seeds give equal drills.", "N");
        var json = Json();
        var command = new Command("drill", "Lets a database behind a link fail over on an embedded AWS, and shows how its targets follow.") { link, account, kind, course, seed, json };
        command.Validators.Add(result =>
        {
            if (AreSeveral(result.GetResult(seed))) result.AddError("A drill has one seed.");
        });
        command.SetAction(parsed => DrillCommand.Run(
            new(parsed.GetValue(link), parsed.GetValue(account), parsed.GetValue(kind), parsed.GetRequiredValue(course), parsed.GetRequiredValue(seed).First, parsed.GetValue(json)), screen, host));
        return command;
    }

    private static Command Local(Screen screen, Host host)
    {
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1; 0: any that is free.",
            HelpName = "N",
            DefaultValueFactory = _ => LocalOptions.UsualPort,
        };
        port.Validators.Add(static result => Check(result, result.Tokens is [var one] && int.TryParse(one.Value, CultureInfo.InvariantCulture, out var number) && number is < 0 or > ushort.MaxValue, "a port is from 0 to 65535"));
        var account = Account();
        var speed = new Option<double>("--speed")
        {
            Description = "How many times as fast as the clock simulated time runs.",
            HelpName = "X",
            DefaultValueFactory = _ => LocalOptions.UsualSpeed,
        };
        speed.Validators.Add(static result => Check(result, result.Tokens is [var one] && double.TryParse(one.Value, CultureInfo.InvariantCulture, out var number) && number is not (> 0 and <= LocalOptions.HighestSpeed), $"a speed is above 0 and at most {LocalOptions.HighestSpeed}"));
        var link = new Option<string?>("--link") { Description = "A link document that is provisioned at once.", HelpName = "LINK.json" };
        var command = new Command("local", "Serves an embedded AWS with the deployed stack on this machine, for the AWS CLI and SDKs, until Ctrl-C.") { port, account, speed, link };
        // The library hears Ctrl-C only after an action has handed back its task.
        command.SetAction((parsed, stop) => Task.Run(
            () => LocalCommand.RunAsync(new(parsed.GetValue(port), parsed.GetValue(account), parsed.GetValue(speed), parsed.GetValue(link)), screen, host, stop),
            CancellationToken.None));
        return command;
    }

    private static void Check(OptionResult result, bool isWrong, string allowed)
    {
        if (isWrong)
            result.AddError($"{result.Option.Name} {result.Tokens[0].Value}: {allowed}.");
    }

    private static Command Validate(Screen screen, Host host)
    {
        var link = new Argument<string>("LINK.json") { Description = "The link document." };
        RefuseOptions(link);
        var partition = new Option<string>("--partition")
        {
            Description = "The partition of the account: aws, aws-cn, aws-us-gov, ….",
            HelpName = "NAME",
            DefaultValueFactory = _ => "aws",
        };
        var json = Json();
        var command = new Command("validate", "Checks a link document and reports everything that is wrong with it at once.") { link, partition, json };
        command.SetAction(parsed => ValidateCommand.Run(parsed.GetRequiredValue(link), parsed.GetRequiredValue(partition), parsed.GetValue(json), screen, host.Clock));
        return command;
    }

    private static Argument<string?> Link(string description)
    {
        var link = new Argument<string?>("LINK.json") { Description = description, Arity = ArgumentArity.ZeroOrOne };
        RefuseOptions(link);
        return link;
    }

    private static Option<SeedRange> Seed(string description, string helpName) => new("--seed")
    {
        Description = description,
        HelpName = helpName,
        CustomParser = SeedRange.Parse,
        DefaultValueFactory = _ => SeedRange.Default,
    };

    private static bool AreSeveral(OptionResult? seed) => seed?.Tokens is [var token] && SeedRange.IsSeveral(token.Value);

    // The library takes an option that it does not know for the argument.
    internal static void RefuseOptions(Argument argument) => argument.Validators.Add(result =>
    {
        if (result.Tokens is [var token, ..] && token.Value.StartsWith('-'))
            result.AddError($"There is no option '{token.Value}'.");
    });

    private static Option<string?> Account() => new("--account")
    {
        Description = "A directory with the output of the AWS CLI's describe commands (default: examples/account).",
        HelpName = "DIR",
    };

    private static Option<bool> Json() => new("--json") { Description = "One JSON document on the output and nothing else." };
}
