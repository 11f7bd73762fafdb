using System.Net;
using LocalAws.Access;
using LocalAws.Templates;

namespace LocalAws.Ec2;

/// <summary>What the account has in EC2.</summary>
public sealed class Ec2State
{
    private readonly OrderedDictionary<string, Ec2Resource> resources = new(StringComparer.Ordinal);

    private readonly List<NetworkAcl> acls = [];

    internal Ec2State(Cloud cloud)
    {
        Cloud = cloud;
        Services = new(this);
    }

    internal Cloud Cloud { get; }

    /// <summary>The endpoint services, and what consumers do with them.</summary>
    public EndpointServices Services { get; }

    internal DateTimeOffset Now => Cloud.Time.GetUtcNow();

    /// <summary>What listens at the addresses of the network.</summary>
    public ListeningPorts Ports { get; } = new();

    /// <summary>Whether network ACLs let TCP pass from one address to a port of another, and its answers back.</summary>
    internal bool AclsPass(IPAddress from, IPAddress to, int port) => acls.TrueForAll(static acl => acl.IsOpen) || new AclPath(this, acls).Passes(from, to, port);

    /// <summary>All of one sort that exist now, oldest first.</summary>
    public IEnumerable<T> All<T>()
        where T : Ec2Resource => resources.Values.OfType<T>().Where(resource => resource.StandsAt(Now));

    /// <summary>The one of that sort with an id; null when there is none.</summary>
    public T? Find<T>(string? id)
        where T : Ec2Resource => id is not null && resources.GetValueOrDefault(id) is T found && found.StandsAt(Now) ? found : null;

    /// <summary>What of it a caller is shown: see <see cref="Visibility"/>.</summary>
    internal IEnumerable<T> Shown<T>()
        where T : Ec2Resource => All<T>().Where(resource => resource.ShownFrom <= Now);

    /// <summary>The one of that sort with an id, if a caller is shown it.</summary>
    internal T? FindShown<T>(string? id)
        where T : Ec2Resource => Find<T>(id) is { } found && found.ShownFrom <= Now ? found : null;

    /// <summary>Adds a resource.</summary>
    public T Add<T>(T resource)
        where T : Ec2Resource
    {
        ArgumentNullException.ThrowIfNull(resource);
        resources.Add(resource.Id, resource);
        if (resource is NetworkAcl acl)
            acls.Add(acl);
        resource.TagsChanged = () => Cloud.Tagging.Note(Arn(resource.Kind, resource.Id), resource.Tags, () => resource.StandsAt(Now));
        resource.TagsChanged();
        return resource;
    }

    /// <summary>Adds what a call made, which calls that follow may find a little later.</summary>
    internal T AddNew<T>(T resource)
        where T : Ec2Resource
    {
        resource.ShownFrom = Cloud.Visibility.OfNew();
        return Add(resource);
    }

    /// <summary>Adds a security group of a deployed template.</summary>
    public SecurityGroup AddSecurityGroup(SecurityGroupSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var group = Add(new SecurityGroup(settings.GroupId, settings.GroupName, settings.Description, settings.VpcId, Cloud.Options.AccountId) { Tags = settings.Tags });
        foreach (var rule in settings.Ingress)
            AddRule(group, egress: false, RuleSpec.Of(rule));
        if (settings.Egress is { } egress)
        {
            foreach (var rule in egress)
                AddRule(group, egress: true, RuleSpec.Of(rule));
        }
        else
        {
            AddRule(group, egress: true, RuleSpec.Everywhere);
        }

        return group;
    }

    /// <summary>The ARN of a resource, whether it exists or not.</summary>
    public string Arn(string kind, string id) => Cloud.Arn("ec2", $"{kind}/{id}");

    /// <summary>Removes a resource, as if somebody had deleted it.</summary>
    public void Remove(string id)
    {
        if (resources.Remove(id, out var resource))
            Cloud.Tagging.Forget(Arn(resource.Kind, id));
    }

    internal void RemoveSecurityGroup(string groupId)
    {
        foreach (var rule in resources.Values.OfType<SecurityGroupRule>().Where(rule => rule.GroupId == groupId).ToList())
            Remove(rule.Id);
        Remove(groupId);
    }

    internal SecurityGroupRule AddRule(SecurityGroup group, bool egress, RuleSpec rule) =>
        Add(new SecurityGroupRule(Cloud.Chance.Id("sgr"), group.Id, group.OwnerId, egress, rule));

    internal ConditionKeys KeysOf(Ec2Resource? resource) =>
        resource is null ? ConditionKeys.None : resource.KeysIn(this).ResourceTags(resource.Tags, "ec2");
}
