namespace ServerlessPrivateLink.Cli.Validation;

/// <summary><c>privatelink validate</c>: checks a link document.</summary>
public static class ValidateCommand
{
    public static int Run(string path, string partition, bool json, Screen screen, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(screen);
        var reading = LinkFile.Read(path, partition, LinkFile.Today(clock));
        var errors = new InputErrors(reading.Errors);
        if (json)
            errors.WriteJson(screen.Output);
        else if (!reading.Errors.IsEmpty)
            errors.WriteText(screen.Output, path);
        else
            screen.Output.WriteLine($"{path}: link '{reading.Link!.Name}' is valid ({reading.Link.Databases.Length} database(s), {reading.Link.Consumers.Length} consumer(s)).");
        return reading.Errors.IsEmpty ? ExitCode.Done : ExitCode.BadInput;
    }
}
