using System.Collections.Immutable;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>What is allowed about consumers and is still more likely a slip.</summary>
public static class ConsumerRule
{
    public static IEnumerable<Finding> Of(ImmutableArray<Consumer> consumers, ImmutableHashSet<string> knownRegions)
    {
        foreach (var account in consumers.GroupBy(static consumer => consumer.AccountId, StringComparer.Ordinal))
        {
            if (account.Count() > 1 && account.Any(static consumer => consumer.Principal.EndsWith(":root", StringComparison.Ordinal)))
                yield return new Finding.Warning($"Account {account.Key} is a consumer as a whole, so that naming its roles or users besides narrows nothing.");
        }

        foreach (var region in consumers.SelectMany(static consumer => consumer.Rule.Regions).Distinct(StringComparer.Ordinal).Where(region => !knownRegions.Contains(region)))
        {
            var nearest = Spelling.Nearest(region, knownRegions, most: 1);
            var meant = nearest.IsEmpty ? "" : $"; did you mean \"{nearest[0]}\"?";
            yield return new Finding.Warning($"\"{region}\" is no Region that this version knows{meant}. AWS refuses one that does not exist.");
        }
    }
}
