using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Ec2;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Target groups: created, looked at, changed, deleted.</summary>
internal sealed class TargetGroupCalls(LoadBalancingState elb)
{
    private const int LargestPort = 65535;

    public IEnumerable<Operation> All =>
    [
        Operation.Writes("CreateTargetGroup", Create),
        Operation.Reads("DescribeTargetGroups", Describe),
        Operation.Writes("ModifyTargetGroup", Modify),
        Operation.Writes("DeleteTargetGroup", Delete),
    ];

    private Answer Create(ApiCall call)
    {
        var settings = Read(call.Form);
        var tags = ElbNames.Tags(call.Form);
        var pattern = elb.Cloud.Arn("elasticloadbalancing", $"targetgroup/{settings.Name}/*");
        call.Demand(pattern, ConditionKeys.None.RequestTags(tags));
        call.DemandTagOnCreate(pattern, tags);
        call.DemandOfEc2("DescribeInternetGateways", "DescribeVpcs");
        if (elb.Cloud.Ec2.Find<Vpc>(settings.VpcId) is null)
            throw ElbErrors.Invalid($"The VPC ID '{settings.VpcId}' is not found");
        if (elb.All<TargetGroup>().FirstOrDefault(other => other.Name == settings.Name) is { } existing)
            return existing.Settings == settings && (!tags.Any || tags.Values.SequenceEqual(existing.Tags.Values)) ? AnswerOne(existing) : throw Duplicate(settings.Name);
        if (elb.All<TargetGroup>().Count() >= elb.Cloud.Quotas.TargetGroups)
            throw new AwsErrorException("TooManyTargetGroups", "You've reached the limit on the number of target groups for your AWS account");
        var arn = elb.Cloud.Arn("elasticloadbalancing", $"targetgroup/{settings.Name}/{elb.Cloud.Chance.Hex(16)}");
        return AnswerOne(elb.Add(new TargetGroup(arn, settings) { Tags = tags }));
    }

    private static AwsErrorException Duplicate(string name) =>
        new("DuplicateTargetGroupName", $"A target group with the same name '{name}' exists, but with different settings");

    private static TargetGroupSettings Read(Form form)
    {
        var name = form.Needed("Name");
        ElbNames.Check("The target group", name);
        var type = LoadBalancerCalls.OneOf(form.Text("TargetType") ?? "instance", "targetType", "instance", "ip", "lambda", "alb");
        if (type != "ip")
            throw new AwsErrorException("InvalidConfigurationRequest", $"Target groups of type '{type}' are not imitated here; those of type 'ip' are.");
        var protocol = LoadBalancerCalls.OneOf(form.Needed("Protocol"), "protocol", "TCP", "TLS", "UDP", "TCP_UDP");
        if (form.Number("Port") is not { } port)
            throw ElbErrors.Invalid("A port must be specified");
        if (port is < 1 or > LargestPort)
            throw ElbErrors.Invalid($"1 validation error detected: Value '{port}' at 'port' failed to satisfy constraint: Member must have value between 1 and {LargestPort}");
        return new(name, protocol, port, form.Text("VpcId") ?? throw ElbErrors.Invalid("A VPC ID must be specified"), type, form.Text("IpAddressType") ?? "ipv4", HealthCheckForm.Read(form));
    }

    private Answer Describe(ApiCall call)
    {
        call.Demand("*");
        var arns = call.Form.Texts("TargetGroupArns.member");
        var names = call.Form.Texts("Names.member");
        var loadBalancerArn = call.Form.Text("LoadBalancerArn");
        if (new[] { !arns.IsEmpty, !names.IsEmpty, loadBalancerArn is not null }.Count(given => given) > 1)
            throw ElbErrors.Invalid("Only one of load balancer ARN, target group ARNs and target group names can be specified");
        var page = ElbPage.Of(call, Select(arns, names, loadBalancerArn));
        return Answer.Of(Xml.List("TargetGroups", "member", page.Items, Write), Xml.Of("NextMarker", page.Next));
    }

    private IEnumerable<TargetGroup> Select(IReadOnlyCollection<string> arns, IReadOnlyCollection<string> names, string? loadBalancerArn)
    {
        if (loadBalancerArn is not null)
        {
            var owner = elb.FindShown<LoadBalancer>(loadBalancerArn) ?? throw ElbErrors.LoadBalancerNotFound();
            return elb.Shown<TargetGroup>().Where(group => elb.UseOf(group)?.LoadBalancer == owner);
        }

        return arns.Count + names.Count == 0
            ? elb.Shown<TargetGroup>()
            :
            [
                .. arns.Select(arn => elb.FindShown<TargetGroup>(arn) ?? throw ElbErrors.TargetGroupNotFound()),
                .. names.Select(name => elb.Shown<TargetGroup>().FirstOrDefault(group => group.Name == name) ?? throw ElbErrors.TargetGroupNotFound()),
            ];
    }

    private Answer Modify(ApiCall call)
    {
        var arn = call.Form.Needed("TargetGroupArn");
        var group = elb.Find<TargetGroup>(arn);
        call.DemandOn(arn, group);
        if (!elb.Shows(group))
            throw ElbErrors.TargetGroupNotFound();
        group.Settings = group.Settings with { HealthCheck = HealthCheckForm.Read(call.Form, group.Settings.HealthCheck) };
        return AnswerOne(group);
    }

    private Answer Delete(ApiCall call)
    {
        var arn = call.Form.Needed("TargetGroupArn");
        var group = elb.Find<TargetGroup>(arn);
        call.DemandOn(arn, group);
        if (group is null)
            return Answer.Of();
        if (elb.UseOf(group) is not null)
            throw new AwsErrorException("ResourceInUse", $"Target group '{arn}' is currently in use by a listener or a rule");
        elb.Remove(group);
        return Answer.Of();
    }

    private Answer AnswerOne(TargetGroup group) => Answer.Of(Xml.List("TargetGroups", "member", [group], Write));

    private IEnumerable<XElement?> Write(TargetGroup group)
    {
        var check = group.Settings.HealthCheck;
        return
        [
            Xml.Of("TargetGroupArn", group.Arn),
            Xml.Of("TargetGroupName", group.Name),
            Xml.Of("Protocol", group.Settings.Protocol),
            Xml.Of("Port", group.Port),
            Xml.Of("VpcId", group.VpcId),
            Xml.Of("HealthCheckProtocol", check.Protocol),
            Xml.Of("HealthCheckPort", check.Port),
            Xml.Of("HealthCheckEnabled", true),
            Xml.Of("HealthCheckIntervalSeconds", check.IntervalSeconds),
            Xml.Of("HealthCheckTimeoutSeconds", check.TimeoutSeconds),
            Xml.Of("HealthyThresholdCount", check.HealthyThreshold),
            Xml.Of("UnhealthyThresholdCount", check.UnhealthyThreshold),
            Xml.Of("HealthCheckPath", check.Path),
            Xml.Texts("LoadBalancerArns", "member", elb.UseOf(group) is { } use ? [use.LoadBalancer.Arn] : []),
            Xml.Of("TargetType", group.Settings.TargetType),
            Xml.Of("IpAddressType", group.Settings.IpAddressType),
        ];
    }
}
