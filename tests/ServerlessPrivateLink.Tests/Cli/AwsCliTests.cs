using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>The AWS CLI before <c>privatelink local</c>.</summary>
public sealed class AwsCliTests(Served served) : IClassFixture<Served>
{
    private const string Vpc = "vpc-0a1b2c3d4e5f60718";

    [SkippableFact]
    public async Task It_lists_and_describes_with_filters_pages_and_queries()
    {
        await AwsCli.NeedAsync();
        AwsCommand[] commands =
        [
            new("vpcs", $"ec2 describe-vpcs --filters Name=is-default,Values=false Name=vpc-id,Values={Vpc} --query Vpcs[].VpcId"),
            new("subnets", $"ec2 describe-subnets --filters Name=vpc-id,Values={Vpc} --query Subnets[].SubnetId"),
            new("fewSubnets", $"ec2 describe-subnets --filters Name=vpc-id,Values={Vpc} --page-size 5 --max-items 7 --query Subnets[].SubnetId"),
            new("groups", "ec2 describe-security-groups --filters Name=tag:ServerlessPrivateLink:Link,Values=orders --page-size 5 --query SecurityGroups[].GroupId"),
            new("service", "ec2 describe-vpc-endpoint-service-configurations --filters Name=service-state,Values=Available --query ServiceConfigurations[].ServiceId --output text"),
            new("permissions", "ec2 describe-vpc-endpoint-service-permissions --service-id {service} --filters Name=principal-type,Values=Role --query AllowedPrincipals[].Principal"),
            new("balancer", "elbv2 describe-load-balancers --page-size 1 --query LoadBalancers[?State.Code==`active`].LoadBalancerArn --output text"),
            new("group", "elbv2 describe-target-groups --load-balancer-arn {balancer} --max-items 1 --query TargetGroups[].TargetGroupArn --output text"),
            new("listeners", "elbv2 describe-listeners --load-balancer-arn {balancer} --page-size 1 --query Listeners[].Port"),
            new("health", "elbv2 describe-target-health --target-group-arn {group} --query TargetHealthDescriptions[].TargetHealth.State"),
            new("tags", "elbv2 describe-tags --resource-arns {balancer} {group} --query 'TagDescriptions[].Tags[?Key==`ServerlessPrivateLink:Link`].Value[]'"),
            new("instances", "rds describe-db-instances --filters Name=engine,Values=postgres --page-size 20 --query DBInstances[].DBInstanceIdentifier"),
            new("oneInstance", "rds describe-db-instances --db-instance-identifier orders-prod --query DBInstances[].Endpoint.Port"),
            new("clusters", "rds describe-db-clusters --max-items 1 --query DBClusters[].DBClusterIdentifier"),
            new("topics", "sns list-topics --max-items 1 --query Topics[].TopicArn"),
            new("alarms", "cloudwatch describe-alarms --page-size 2 --query MetricAlarms[].AlarmName"),
            new("runs", "cloudwatch get-metric-data --start-time 2020-01-01T00:00:00Z --end-time 2100-01-01T00:00:00Z --metric-data-queries 'Id=runs,MetricStat={Metric={Namespace=ServerlessPrivateLink,MetricName=TargetGroupsLooked,Dimensions=[{Name=Stack,Value=serverless-privatelink}]},Period=60,Stat=Sum}' --query MetricDataResults[].Values[]"),
            new("me", "sts get-caller-identity --query Arn"),
        ];

        var ran = await AwsCli.RunAsync(served, commands);

        Assert.All(ran, one => Assert.True(one.Value.Code == 0, $"{one.Key}: {one.Value.Error}"));
        Assert.Equal([Vpc], ran["vpcs"].Texts);
        Assert.InRange(ran["subnets"].Texts.Length, 8, 100);
        Assert.Equal(ran["subnets"].Texts[..7], ran["fewSubnets"].Texts);
        Assert.Single(ran["groups"].Texts);
        Assert.Equal(["arn:aws:iam::210987654321:role/reader"], ran["permissions"].Texts);
        Assert.Equal(5432, Assert.Single(ran["listeners"].Json.EnumerateArray()).GetInt32());
        Assert.Equal(["healthy"], ran["health"].Texts);
        Assert.Equal(["orders", "orders"], ran["tags"].Texts);
        Assert.Contains("orders-prod", ran["instances"].Texts);
        Assert.Equal(5432, Assert.Single(ran["oneInstance"].Json.EnumerateArray()).GetInt32());
        Assert.Single(ran["clusters"].Texts);
        Assert.Single(ran["topics"].Texts);
        Assert.Equal(5, ran["alarms"].Texts.Length);
        Assert.NotEmpty(ran["runs"].Json.EnumerateArray());
        Assert.Equal("arn:aws:iam::111122223333:user/operator", ran["me"].Json.GetString());
    }

    [SkippableFact]
    public async Task It_starts_executions_and_follows_them_invokes_functions_and_publishes()
    {
        await AwsCli.NeedAsync();
        var document = Repository.At("examples/orders.json");
        AwsCommand[] commands =
        [
            new("machine", "stepfunctions list-state-machines --query 'stateMachines[?contains(name, `Provision`)].stateMachineArn' --output text"),
            new("started", $"stepfunctions start-execution --state-machine-arn {{machine}} --name again --input file://{document} --query executionArn --output text"),
            new("described", "stepfunctions describe-execution --execution-arn {started} --query [name,stateMachineArn]"),
            new("first", "stepfunctions list-executions --state-machine-arn {machine} --query executions[?name==`orders`].executionArn --output text"),
            new("history", "stepfunctions get-execution-history --execution-arn {first} --page-size 10 --max-items 25 --query events[].id"),
            new("end", "stepfunctions get-execution-history --execution-arn {first} --reverse-order --max-items 1 --query events[].type"),
            new("topic", "sns list-topics --query 'Topics[?contains(TopicArn, `AlertTopic`)].TopicArn' --output text"),
            new("published", "sns publish --topic-arn {topic} --subject Hello --message 'Is anybody there?' --query MessageId"),
            new("functions", "lambda list-functions --page-size 3 --query Functions[].FunctionName"),
            new("plan", "lambda list-functions --query 'Functions[?contains(FunctionName, `PlanLink`)].FunctionName' --output text"),
            new("invoked", "lambda invoke --function-name {plan} --payload {} /dev/null"),
        ];

        var ran = await AwsCli.RunAsync(served, commands);

        Assert.All(ran, one => Assert.True(one.Value.Code == 0, $"{one.Key}: {one.Value.Error}"));
        Assert.Equal(["again", ran["machine"].Output.Trim()], ran["described"].Texts);
        Assert.Equal(Enumerable.Range(1, 25), ran["history"].Json.EnumerateArray().Select(id => id.GetInt32()));
        Assert.Equal(["ExecutionSucceeded"], ran["end"].Texts);
        Assert.InRange(ran["functions"].Texts.Length, 4, 100);
        Assert.Equal("Unhandled", ran["invoked"].Json.GetProperty("FunctionError").GetString());
        Assert.Contains("alert: Hello\n  Is anybody there?", served.Said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_is_refused_as_by_AWS()
    {
        await AwsCli.NeedAsync();
        var wrong = With("AWS_SECRET_ACCESS_KEY", "wrong");
        AwsCommand[] commands =
        [
            new("wrongSts", "sts get-caller-identity", wrong),
            new("wrongEc2", "ec2 describe-vpcs", wrong),
            new("wrongStates", "stepfunctions list-state-machines", wrong),
            new("wrongLambda", "lambda list-functions", wrong),
            new("unknownKey", "sts get-caller-identity", With("AWS_ACCESS_KEY_ID", "AKIANOBODY")),
            new("unsigned", "sts get-caller-identity --no-sign-request"),
            new("region", "sts get-caller-identity --region us-east-1"),
            new("role", "sts get-caller-identity --query Arn", served.Role),
            new("roleEc2", $"ec2 create-security-group --group-name mine --description mine --vpc-id {Vpc}", served.Role),
            new("roleElb", "elbv2 delete-load-balancer --load-balancer-arn arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/x/0", served.Role),
            new("ec2", "ec2 describe-instances"),
            new("rds", "rds describe-events"),
            new("states", "stepfunctions list-activities"),
            new("lambda", "lambda list-layers"),
            new("dynamodb", "dynamodb list-tables"),
        ];

        var ran = await AwsCli.RunAsync(served, commands);

        Says("wrongSts", "(SignatureDoesNotMatch)", "The request signature we calculated does not match the signature you provided.");
        Says("wrongEc2", "(SignatureDoesNotMatch)");
        Says("wrongStates", "(InvalidSignatureException)");
        Says("wrongLambda", "(InvalidSignatureException)");
        Says("unknownKey", "(InvalidClientTokenId)", "The security token included in the request is invalid");
        Says("unsigned", "(MissingAuthenticationToken)");
        Says("region", "(SignatureDoesNotMatch)", "Credential should be scoped to a valid region, not 'us-east-1'.");
        Assert.StartsWith("arn:aws:sts::111122223333:assumed-role/", ran["role"].Json.GetString(), StringComparison.Ordinal);
        Says("roleEc2", "(UnauthorizedOperation)", $"User: {ran["role"].Json.GetString()} is not authorized to perform: ec2:CreateSecurityGroup on resource: ", "because no identity-based policy allows the ec2:CreateSecurityGroup action");
        Says("roleElb", "(AccessDenied)", $"User: {ran["role"].Json.GetString()} is not authorized to perform: elasticloadbalancing:DeleteLoadBalancer on resource: ", "because no identity-based policy allows the elasticloadbalancing:DeleteLoadBalancer action");
        Says("ec2", "(InvalidAction)", "The action DescribeInstances is not valid for this web service. Known here: ", "DescribeVpcs");
        Says("rds", "(InvalidAction)", "DescribeDBInstances");
        Says("states", "(UnknownOperationException)", "StartExecution");
        Says("lambda", "Known here: ", "Invoke");
        Says("dynamodb", "There is no service 'dynamodb' here. There are: ec2, elasticloadbalancing");

        void Says(string name, params string[] parts)
        {
            Assert.NotEqual(0, ran[name].Code);
            Assert.All(parts, part => Assert.Contains(part, ran[name].Error, StringComparison.Ordinal));
        }
    }

    [SkippableFact]
    public async Task Every_line_of_the_guide_can_be_pasted()
    {
        await AwsCli.NeedAsync();
        var lines = served.Guide.Split('\n').Where(line => line.StartsWith("  aws ", StringComparison.Ordinal) || line.StartsWith("  printf ", StringComparison.Ordinal) || line.StartsWith("  export ", StringComparison.Ordinal)).ToList();

        var ran = await AwsCli.TypeAsync($"set -e -o pipefail\n{string.Join('\n', lines[..^1])}\n! {lines[^1].Trim()}");

        Assert.True(ran.Code == 0, ran.Output + ran.Errors);
        Assert.InRange(lines.Count, 14, 30);
        Assert.Contains("\"Link\":", ran.Output, StringComparison.Ordinal);
        Assert.Contains("(UnauthorizedOperation)", Assert.Single(ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private Dictionary<string, string> With(string name, string value) => new(served.Operator, StringComparer.Ordinal) { [name] = value };
}
