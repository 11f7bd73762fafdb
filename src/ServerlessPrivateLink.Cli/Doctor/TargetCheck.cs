using System.Globalization;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether the right addresses are registered, and healthy.</summary>
internal static class TargetCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts) => facts.Databases.SelectMany(database => OfDatabase(facts, database));

    private static IEnumerable<Complaint> OfDatabase(DoctorFacts facts, ExaminedDatabase database)
    {
        var sync = $"Put its present address there: privatelink sync {facts.Name}";
        if (database.Targets.IsEmpty)
        {
            yield return new("targets", database.Name, $"{database.Name} has no target.", $"nothing is registered in {database.Group.Name}", sync, Bearing.Cause);
            yield break;
        }

        if (database.Kind is DatabaseKind.ClusterWriter && database.Targets.FirstOrDefault(target => database.Readers.Contains(target.Fact.Address, StringComparer.Ordinal)) is { } reader)
        {
            yield return new(
                "writer",
                database.Name,
                $"A target of {database.Name} is a reader: writes would fail.",
                $"{reader.Fact.Address} is a reader's, and the writer is at {(database.Writers.IsEmpty ? "an unknown address" : string.Join(", ", database.Writers))}",
                sync,
                Bearing.Cause);
            yield break;
        }

        if (Elsewhere(database) is { } elsewhere)
        {
            yield return new("name", database.Name, $"{database.Name} is not where its name leads.", elsewhere, sync, Bearing.Cause);
        }
        else if (!database.IsHealthy)
        {
            yield return new(
                "health",
                database.Name,
                $"No target of {database.Name} is healthy.",
                string.Join("; ", database.Targets.Select(static target => string.Create(CultureInfo.InvariantCulture, $"{target.Fact.Address}:{target.Fact.Port} is {target.Fact.Health}: {target.Fact.Why}"))),
                database.Rds is { Status: var status } && !status.Equals("available", StringComparison.OrdinalIgnoreCase)
                    ? $"RDS says that it is \"{status}\": start it, or wait until it is available."
                    : "Nothing on the way stands between: look whether the database runs, listens on this port at all of its addresses, and has connections left.",
                Bearing.Health);
        }
    }

    // The name of a cluster's member or of an instance; a former primary may stay registered beside it as its standby.
    private static string? Elsewhere(ExaminedDatabase database)
    {
        if (database.Answer is not { } answer) return null;
        if (answer.Addresses.IsEmpty) return $"{answer.Host}, from inside the VPC: {(answer.Failure.Length == 0 ? "no address" : answer.Failure)}";

        return answer.Addresses.Any(address => database.Targets.Any(target => target.Fact.Address == address))
            ? null
            : $"{answer.Host} is {string.Join(", ", answer.Addresses)} from inside the VPC, and the targets are {string.Join(", ", database.Targets.Select(static target => target.Fact.Address))}";
    }
}
