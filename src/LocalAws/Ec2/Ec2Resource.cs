using LocalAws.Access;

namespace LocalAws.Ec2;

/// <summary>Something of EC2 that has an id and can carry tags.</summary>
/// <param name="id">Such as <c>vpc-0123…</c>.</param>
/// <param name="kind">The resource type in ARNs and tag specifications, such as <c>security-group</c>.</param>
public abstract class Ec2Resource(string id, string kind)
{
    /// <summary>Its id.</summary>
    public string Id { get; } = id;

    /// <summary>Its resource type.</summary>
    public string Kind { get; } = kind;

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

    /// <summary>Since when calls that follow its creation find it.</summary>
    internal DateTimeOffset ShownFrom { get; set; }

    /// <summary>Whether it is there at an instant; slow deletions are decided here.</summary>
    internal virtual bool StandsAt(DateTimeOffset now) => true;

    /// <summary>The condition keys of the resource itself, besides its tags.</summary>
    internal virtual ConditionKeys KeysIn(Ec2State ec2) => ConditionKeys.None;
}
