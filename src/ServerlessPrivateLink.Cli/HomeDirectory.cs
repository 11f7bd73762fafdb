using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli;

/// <summary>The directory that holds <c>template.yaml</c>, <c>statemachine</c> and <c>examples</c>.</summary>
/// <param name="Path">Its full path.</param>
public sealed record HomeDirectory(string Path)
{
    public const string Variable = "PRIVATELINK_HOME";

    private const string Mark = "template.yaml";

    public string Template => System.IO.Path.Combine(Path, Mark);

    /// <summary>The example links, the first of which is taken where none is named; together they have a database of each kind.</summary>
    public ImmutableArray<string> Examples { get; } = ["examples/orders.json", "examples/ledger.json"];

    public string ExampleLink => System.IO.Path.Combine(Path, Examples[0]);

    public string ExampleClusterLink => System.IO.Path.Combine(Path, Examples[1]);

    public string ExampleAccount => System.IO.Path.Combine(Path, "examples", "account");

    /// <summary>The one that was named, else the first one upward from where the program lies.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static HomeDirectory Find(string? named, string start)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(System.IO.Path.Combine(named, Mark))
                ? new(System.IO.Path.GetFullPath(named))
                : throw new BadInputException($"{Variable} is '{named}', and there is no {Mark} in it.");
        }

        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, Mark)))
                return new(at.FullName);
        }

        throw new BadInputException($"No {Mark} from '{start}' upward. Set {Variable} to the directory that holds it.");
    }
}
