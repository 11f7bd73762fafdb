using System.CommandLine;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Validation;

namespace ServerlessPrivateLink.Cli;

/// <summary>The commands and what they take.</summary>
public static class CommandLine
{
    public static RootCommand Build(Screen screen, Host host) =>
        new("Hands a database in a private VPC to another AWS account over PrivateLink.")
        {
            Rehearse(screen, host),
            Validate(screen, host),
        };

    private static Command Rehearse(Screen screen, Host host)
    {
        var link = new Argument<string?>("LINK.json")
        {
            Description = "The link document (default: examples/orders.json).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        RefuseOptions(link);
        var account = new Option<string?>("--account")
        {
            Description = "A directory with the output of the AWS CLI's describe commands (default: examples/account).",
            HelpName = "DIR",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "The seed of all chance: equal seeds give equal rehearsals.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        // A generator takes the absolute value of its seed: -1 would be another name of 1.
        seed.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && token.Value.StartsWith('-')) result.AddError($"--seed {token.Value}: a seed is a whole number from 0 on.");
        });
        var json = Json();
        var command = new Command("rehearse", "Runs the deployed state machine and functions on an embedded AWS. Nothing leaves this machine.") { link, account, seed, json };
        command.SetAction(parsed => RehearseCommand.Run(
            new(parsed.GetValue(link), parsed.GetValue(account), parsed.GetValue(seed), parsed.GetValue(json)), screen, host));
        return command;
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

    // The library takes an option that it does not know for the argument.
    private static void RefuseOptions(Argument argument) => argument.Validators.Add(result =>
    {
        if (result.Tokens is [var token, ..] && token.Value.StartsWith('-'))
            result.AddError($"There is no option '{token.Value}'.");
    });

    private static Option<bool> Json() => new("--json") { Description = "One JSON document on the output and nothing else." };
}
