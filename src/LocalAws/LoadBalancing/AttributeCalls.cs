using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Attributes of load balancers, target groups and listeners.</summary>
internal sealed class AttributeCalls(LoadBalancingState elb)
{
    public IEnumerable<Operation> All =>
    [
        .. For<LoadBalancer>("LoadBalancer", () => ElbErrors.LoadBalancerNotFound()),
        .. For<TargetGroup>("TargetGroup", ElbErrors.TargetGroupNotFound),
        .. For<Listener>("Listener", ElbErrors.ListenerNotFound),
    ];

    private IEnumerable<Operation> For<T>(string noun, Func<AwsErrorException> notFound)
        where T : ElbResource =>
    [
        Operation.Reads($"Describe{noun}Attributes", call =>
        {
            call.Demand("*");
            return Write(elb.FindShown<T>(call.Form.Needed(noun + "Arn")) ?? throw notFound());
        }),
        Operation.Writes($"Modify{noun}Attributes", call =>
        {
            var arn = call.Form.Needed(noun + "Arn");
            var resource = elb.Find<T>(arn);
            call.DemandOn(arn, resource);
            if (!elb.Shows(resource))
                throw notFound();
            resource.Attributes = resource.Attributes.SetItems(resource.Rules.Read(call.Form));
            return Write(resource);
        }),
    ];

    private static Answer Write(ElbResource resource) =>
        Answer.Of(Xml.List("Attributes", "member", resource.Attributes, attribute => [Xml.Of("Key", attribute.Key), Xml.Of("Value", attribute.Value)]));
}
