using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Stacks;

/// <summary>A deployed stack, as the tags of its resources show it.</summary>
/// <param name="Name">Its name: the owner in every tag of its links.</param>
/// <param name="AccountId">The account that it stands in.</param>
/// <param name="Region">Its Region.</param>
/// <param name="Functions">The ARNs of its functions, by their names in the template.</param>
/// <param name="Machines">The ARNs of its state machines, likewise.</param>
/// <param name="Alarms">The ARNs of its alarms, likewise.</param>
public sealed record FoundStack(
    string Name,
    string AccountId,
    string Region,
    ImmutableSortedDictionary<string, string> Functions,
    ImmutableSortedDictionary<string, string> Machines,
    ImmutableSortedDictionary<string, string> Alarms)
{
    /// <summary>The partition of its account: <c>aws</c>, <c>aws-cn</c>, ….</summary>
    public string Partition => Functions.Values.First().Split(':')[1];

    /// <exception cref="BadInputException">The stack has no such function.</exception>
    public string Function(string id) => Functions.GetValueOrDefault(id) ?? throw Older($"the function {id}");

    /// <exception cref="BadInputException">The stack has no such state machine.</exception>
    public string Machine(string id) => Machines.GetValueOrDefault(id) ?? throw Older($"the state machine {id}");

    private BadInputException Older(string what) => new($"The stack {Name} in {Region} has not {what}: it was deployed from an older template. Deploy it again.");
}
