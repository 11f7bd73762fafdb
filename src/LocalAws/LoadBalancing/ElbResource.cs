using System.Collections.Immutable;
using LocalAws.Access;

namespace LocalAws.LoadBalancing;

/// <summary>Something of Elastic Load Balancing: it has an ARN, tags and attributes.</summary>
public abstract class ElbResource
{
    private protected ElbResource(string arn, AttributeRules rules)
    {
        Arn = arn;
        Rules = rules;
        Attributes = rules.Defaults;
    }

    /// <summary>Its ARN.</summary>
    public string Arn { get; }

    /// <summary>Its tags.</summary>
    public Tags Tags
    {
        get;
        internal set
        {
            field = value;
            TagsChanged?.Invoke();
        }
    } = Tags.None;

    /// <summary>Hears of each change of its tags.</summary>
    internal Action? TagsChanged { get; set; }

    /// <summary>All its attributes, defaults included.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; internal set; }

    /// <summary>Since when calls that follow its creation find it.</summary>
    internal DateTimeOffset ShownFrom { get; set; }

    internal AttributeRules Rules { get; }

    internal ConditionKeys Keys => ConditionKeys.None.ResourceTags(Tags, "elasticloadbalancing");
}
