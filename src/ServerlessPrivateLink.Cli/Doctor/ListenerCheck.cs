using System.Globalization;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether a listener leads to each database, at the port that consumers were told.</summary>
internal static class ListenerCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts)
    {
        if (facts.Databases.IsEmpty)
            yield return new("listener", null, "The link leads to no database.", "no target group carries its tags", "Build it: privatelink up LINK.json", Bearing.Cause);
        if (facts.Balancer is not { } balancer) yield break;

        foreach (var database in facts.Databases)
        {
            if (database.Listener is not { } listener)
            {
                yield return Broken(facts, database, $"No listener leads to {database.Name}.", $"no listener of {balancer.Fact.Name} forwards to {database.Group.Name}");
            }
            else if (balancer.Ports.TryGetValue(listener.Arn, out var port) && port != listener.Port)
            {
                yield return Broken(facts, database, string.Create(CultureInfo.InvariantCulture, $"The listener of {database.Name} is at another port than consumers were told."),
                    string.Create(CultureInfo.InvariantCulture, $"it listens at {listener.Port}, and was built for {port}"));
            }
            else if (listener.Protocol != "TCP")
            {
                yield return Broken(facts, database, $"The listener of {database.Name} does not pass TCP on as it is.", $"its protocol is {listener.Protocol}");
            }
        }
    }

    private static Complaint Broken(DoctorFacts facts, ExaminedDatabase database, string what, string evidence) =>
        new("listener", database.Name, what, evidence, $"Put it back: privatelink repair {facts.Name}", Bearing.Cause);
}
