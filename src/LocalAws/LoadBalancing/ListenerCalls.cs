using System.Collections.Immutable;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Listeners: created, looked at, changed, deleted.</summary>
internal sealed class ListenerCalls(LoadBalancingState elb)
{
    private const int LargestPort = 65535;

    public IEnumerable<Operation> All =>
    [
        Operation.Writes("CreateListener", Create),
        Operation.Reads("DescribeListeners", Describe),
        Operation.Writes("ModifyListener", Modify),
        Operation.Writes("DeleteListener", Delete),
    ];

    private Answer Create(ApiCall call)
    {
        var arn = call.Form.Needed("LoadBalancerArn");
        var settings = Read(call.Form, null);
        var tags = ElbNames.Tags(call.Form);
        var owner = elb.Find<LoadBalancer>(arn);
        call.DemandOn(arn, owner, ConditionKeys.None.RequestTags(tags).With("elasticloadbalancing:ListenerProtocol", settings.Protocol));
        call.DemandTagOnCreate(arn.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal) + "/*", tags);
        if (!elb.Shows(owner))
            throw ElbErrors.LoadBalancerNotFound();
        CheckGroups(settings, owner, null);
        var present = elb.All<Listener>().Where(listener => listener.LoadBalancer == owner).ToImmutableArray();
        if (present.FirstOrDefault(listener => listener.Port == settings.Port) is { } same)
        {
            return same.Settings.IsSameAs(settings)
                ? AnswerOne(same)
                : throw new AwsErrorException("DuplicateListener", $"A listener already exists on this port for this load balancer '{arn}'");
        }

        if (present.Length >= elb.Cloud.Quotas.ListenersPerLoadBalancer)
            throw new AwsErrorException("TooManyListeners", "You've reached the limit on the number of listeners per load balancer");
        var listenerArn = $"{arn.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}/{elb.Cloud.Chance.Hex(16)}";
        return AnswerOne(elb.Add(new Listener(listenerArn, owner, settings, elb.Now) { Tags = tags }));
    }

    private Answer Describe(ApiCall call)
    {
        call.Demand("*");
        var arns = call.Form.Texts("ListenerArns.member");
        var ownerArn = call.Form.Text("LoadBalancerArn");
        if (arns.IsEmpty == ownerArn is null)
            throw ElbErrors.Invalid("You must specify either listener ARNs or a load balancer ARN");
        IEnumerable<Listener> found = [.. arns.Select(arn => elb.FindShown<Listener>(arn) ?? throw ElbErrors.ListenerNotFound())];
        if (ownerArn is not null)
        {
            var owner = elb.FindShown<LoadBalancer>(ownerArn) ?? throw ElbErrors.LoadBalancerNotFound();
            found = elb.Shown<Listener>().Where(listener => listener.LoadBalancer == owner);
        }

        var page = ElbPage.Of(call, found);
        return Answer.Of(Xml.List("Listeners", "member", page.Items, Write), Xml.Of("NextMarker", page.Next));
    }

    private Answer Modify(ApiCall call)
    {
        var listener = Find(call);
        var settings = Read(call.Form, listener.Settings);
        CheckGroups(settings, listener.LoadBalancer, listener);
        if (elb.All<Listener>().Any(other => other != listener && other.LoadBalancer == listener.LoadBalancer && other.Port == settings.Port))
            throw new AwsErrorException("DuplicateListener", $"A listener already exists on this port for this load balancer '{listener.LoadBalancer.Arn}'");
        if (!settings.TargetGroups.SequenceEqual(listener.Settings.TargetGroups))
            listener.ForwardsSince = elb.Now;
        listener.Settings = settings;
        return AnswerOne(listener);
    }

    private Answer Delete(ApiCall call)
    {
        elb.Remove(Find(call));
        return Answer.Of();
    }

    private Listener Find(ApiCall call)
    {
        var arn = call.Form.Needed("ListenerArn");
        var found = elb.Find<Listener>(arn);
        call.DemandOn(arn, found);
        return elb.Shows(found) ? found : throw ElbErrors.ListenerNotFound();
    }

    private static ListenerSettings Read(Form form, ListenerSettings? before)
    {
        var protocol = LoadBalancerCalls.OneOf(form.Text("Protocol") ?? before?.Protocol ?? form.Needed("Protocol"), "protocol", "TCP", "TLS", "UDP", "TCP_UDP");
        var port = form.Number("Port") ?? before?.Port ?? throw ElbErrors.Invalid("A port must be specified");
        if (port is < 1 or > LargestPort)
            throw ElbErrors.Invalid($"1 validation error detected: Value '{port}' at 'port' failed to satisfy constraint: Member must have value between 1 and {LargestPort}");
        var actions = form.List("DefaultActions.member");
        if (actions.IsEmpty && before is not null)
            return before with { Protocol = protocol, Port = port };
        return actions.Length == 1
            ? new(protocol, port, Forward(actions[0]))
            : throw ElbErrors.Invalid("A listener of a network load balancer must have exactly one default action");
    }

    private static ImmutableArray<ForwardTarget> Forward(Form action)
    {
        var type = action.Needed("Type");
        if (type != "forward")
            throw new AwsErrorException("InvalidLoadBalancerAction", $"The action type '{type}' is not valid with network load balancer");
        var config = action.List("ForwardConfig.TargetGroups.member");
        return config.IsEmpty
            ? [new(action.Needed("TargetGroupArn"), null)]
            : [.. config.Select(group => new ForwardTarget(group.Needed("TargetGroupArn"), config.Length == 1 ? null : group.Number("Weight") ?? 1))];
    }

    private void CheckGroups(ListenerSettings settings, LoadBalancer owner, Listener? before)
    {
        foreach (var arn in settings.TargetGroups.Select(target => target.Arn))
        {
            var group = elb.FindShown<TargetGroup>(arn) ?? throw new AwsErrorException("TargetGroupNotFound", $"Target groups '{arn}' not found");
            if (elb.UseOf(group) is { } use && use.LoadBalancer != owner)
                throw new AwsErrorException("TargetGroupAssociationLimit", $"The following target groups cannot be associated with more than one load balancer: {arn}");
            if (group.VpcId != owner.VpcId)
                throw ElbErrors.Invalid($"The target group '{arn}' and the load balancer are not in the same VPC");
            if (group.Settings.Protocol != settings.Protocol && settings.Protocol != "TLS")
                throw new AwsErrorException("IncompatibleProtocols", $"The following target groups have incompatible protocols with the listener: {arn}");
        }

        var others = elb.All<Listener>().Where(listener => listener.LoadBalancer == owner && listener != before).SelectMany(static listener => listener.TargetGroupArns);
        TargetQuotas.DemandOfLoadBalancer(elb.Cloud.Quotas, owner, elb.TargetsOf(others.Concat(settings.TargetGroups.Select(static target => target.Arn))));
    }

    private static Answer AnswerOne(Listener listener) => Answer.Of(Xml.List("Listeners", "member", [listener], Write));

    private static IEnumerable<XElement?> Write(Listener listener) =>
    [
        Xml.Of("ListenerArn", listener.Arn),
        Xml.Of("LoadBalancerArn", listener.LoadBalancer.Arn),
        Xml.Of("Port", listener.Port),
        Xml.Of("Protocol", listener.Settings.Protocol),
        Xml.List("DefaultActions", "member", [listener.Settings.TargetGroups], groups =>
        [
            Xml.Of("Type", "forward"),
            groups.Length == 1 ? Xml.Of("TargetGroupArn", groups[0].Arn) : null,
            Xml.Node("ForwardConfig", Xml.List("TargetGroups", "member", groups, group => [Xml.Of("TargetGroupArn", group.Arn), Xml.Of("Weight", group.Weight)])),
        ]),
    ];
}
