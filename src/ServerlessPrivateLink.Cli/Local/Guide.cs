using System.Globalization;
using LocalAws.Access;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Cli.Local;

/// <summary>What is told to the person who opened the door: credentials and commands that can be pasted, for version 1 and 2 of the AWS CLI.</summary>
internal static class Guide
{
    /// <summary>A step of the link: it may look around, and create nothing.</summary>
    private const string Onlooker = "PlanLink";

    /// <param name="to">Where to.</param>
    /// <param name="deployed">What is there.</param>
    /// <param name="endpoint">Where it is.</param>
    /// <param name="speed">Simulated seconds in a real one.</param>
    /// <param name="link">The full path of a link document that fits the account; null: none is known.</param>
    /// <param name="execution">The execution that provisions it; null: none was started.</param>
    public static void Write(TextWriter to, DeployedStack deployed, Uri endpoint, double speed, string? link, string? execution)
    {
        var options = deployed.Cloud.Options;
        var aws = $"aws --endpoint-url {endpoint.GetLeftPart(UriPartial.Authority)}";
        to.WriteLine($"A local AWS: account {options.AccountId} in {options.Region}, with the stack {DeployedStack.StackName} in {deployed.Place.VpcId}.");
        to.WriteLine($"{endpoint.GetLeftPart(UriPartial.Authority)} answers on this machine only. Time runs {speed.ToString(CultureInfo.InvariantCulture)} times as fast as the clock. Ctrl-C ends it, and nothing is kept.");
        foreach (var note in deployed.Notes)
            to.WriteLine(note);
        if (execution is not null)
            to.WriteLine($"The link is being provisioned: {execution}");
        to.WriteLine();
        to.WriteLine("Paste into another terminal, before AWS CLI version 1 or 2:");
        to.WriteLine($"  {Export(deployed.Cloud.Operator)} AWS_DEFAULT_REGION={options.Region} AWS_REGION={options.Region} AWS_PAGER=");
        foreach (var (what, command) in Commands(deployed, link, execution))
            Show(to, what, command.Replace("aws ", aws + " ", StringComparison.Ordinal));
        Show(to, "the same link through this program, which says more with --help", $"./privatelink connections LINK --endpoint-url {endpoint.GetLeftPart(UriPartial.Authority)}");
        var role = deployed.Stack.Functions[Onlooker];
        to.WriteLine();
        to.WriteLine($"As {role.FunctionName} instead, which may look around and create nothing:");
        to.WriteLine($"  {Export(deployed.Cloud.Access.Issue(role.Role.Caller, temporary: true))}");
        Show(to, "refused, and why", $"{aws} ec2 create-security-group --group-name mine --description mine --vpc-id {deployed.Place.VpcId}");
        to.WriteLine();
        to.WriteLine("Alerts are shown here as they are published.");
        to.Flush();
    }

    private static IEnumerable<(string What, string Command)> Commands(DeployedStack deployed, string? link, string? execution)
    {
        yield return ("who asks", "aws sts get-caller-identity");
        yield return ("the databases", "aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,Engine,Endpoint.Address]' --output table");
        yield return ("the functions", "aws lambda list-functions --query 'Functions[].[FunctionName,Handler]' --output table");
        if (link is not null)
        {
            yield return ("the plan for a link: one function, invoked", $$"""printf '{"Document":%s}' "$(cat '{{link}}')" | aws lambda invoke --function-name {{deployed.Stack.Functions[Onlooker].FunctionName}} --payload fileb:///dev/stdin /dev/stdout""");
            yield return ("a link, built; the same again changes nothing", $"aws stepfunctions start-execution --state-machine-arn {deployed.MachineArn} --input 'file://{link}'");
        }

        yield return ("how far that is", $"aws stepfunctions list-executions --state-machine-arn {deployed.MachineArn} --query 'executions[].[name,status]' --output table");
        var last = execution ?? $"$(aws stepfunctions list-executions --state-machine-arn {deployed.MachineArn} --query 'executions[0].executionArn' --output text)";
        yield return ("its steps so far", $"aws stepfunctions get-execution-history --execution-arn {last} --query 'events[?type==`TaskStateEntered`].stateEnteredEventDetails.name'");
        yield return ("the load balancer, which takes its minutes", "aws elbv2 describe-load-balancers --query 'LoadBalancers[].[LoadBalancerName,State.Code]' --output table");
        yield return ("the targets and their health", "aws elbv2 describe-target-health --target-group-arn $(aws elbv2 describe-target-groups --query 'TargetGroups[0].TargetGroupArn' --output text)");
        yield return ("the endpoint service", "aws ec2 describe-vpc-endpoint-service-configurations --query 'ServiceConfigurations[].[ServiceName,ServiceState]' --output table");
        yield return ("the alarms, and how they stand", "aws cloudwatch describe-alarms --query 'MetricAlarms[].[AlarmName,StateValue]' --output table");
        yield return ("an alert of your own", $"aws sns publish --topic-arn {deployed.AlertTopicArn} --subject Hello --message 'Is anybody there?'");
        yield return ("the alerts, as a subscribed queue has them", $"aws sqs receive-message --queue-url $(aws sqs get-queue-url --queue-name {AlertQueue.Name} --query QueueUrl --output text) --max-number-of-messages 10 --query 'Messages[].Body'");
    }

    private static void Show(TextWriter to, string what, string command)
    {
        to.WriteLine($"  # {what}");
        to.WriteLine($"  {command}");
    }

    private static string Export(IssuedKey key) =>
        $"export AWS_ACCESS_KEY_ID={key.AccessKeyId} AWS_SECRET_ACCESS_KEY={key.SecretAccessKey} AWS_SESSION_TOKEN={key.SessionToken}";
}
