using System.Reflection;
using System.Text.Json;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda;
using Amazon.RDS;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleSystemsManagement;
using Amazon.StepFunctions;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>Clients over a transport, by name for the tests that go through all of them.</summary>
internal static class Clients
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "not-a-secret";

    private static readonly BasicAWSCredentials Credentials = new(AccessKey, SecretKey);

    public static AmazonEC2Client Ec2(this Transport transport) => new(Credentials, transport.Configure(new AmazonEC2Config()));

    public static AmazonElasticLoadBalancingV2Client Elb(this Transport transport) =>
        new(Credentials, transport.Configure(new AmazonElasticLoadBalancingV2Config()));

    public static AmazonRDSClient Rds(this Transport transport) => new(Credentials, transport.Configure(new AmazonRDSConfig()));

    public static AmazonSimpleNotificationServiceClient Sns(this Transport transport) =>
        new(Credentials, transport.Configure(new AmazonSimpleNotificationServiceConfig()));

    public static AmazonStepFunctionsClient States(this Transport transport) => new(Credentials, transport.Configure(new AmazonStepFunctionsConfig()));

    public static AmazonLambdaClient Lambda(this Transport transport) => new(Credentials, transport.Configure(new AmazonLambdaConfig()));

    public static AmazonResourceGroupsTaggingAPIClient Tagging(this Transport transport) =>
        new(Credentials, transport.Configure(new AmazonResourceGroupsTaggingAPIConfig()));

    public static AmazonSimpleSystemsManagementClient Parameters(this Transport transport) =>
        new(Credentials, transport.Configure(new AmazonSimpleSystemsManagementConfig()));

    public static AmazonCloudWatchClient CloudWatch(this Transport transport) => new(Credentials, transport.Configure(new AmazonCloudWatchConfig()));

    public static AmazonServiceClient Named(this Transport transport, string package) => package switch
    {
        "AWSSDK.EC2" => transport.Ec2(),
        "AWSSDK.ElasticLoadBalancingV2" => transport.Elb(),
        "AWSSDK.RDS" => transport.Rds(),
        "AWSSDK.SimpleNotificationService" => transport.Sns(),
        "AWSSDK.StepFunctions" => transport.States(),
        "AWSSDK.ResourceGroupsTaggingAPI" => transport.Tagging(),
        "AWSSDK.SimpleSystemsManagement" => transport.Parameters(),
        "AWSSDK.CloudWatch" => transport.CloudWatch(),
        _ => transport.Lambda(),
    };

    public static IEnumerable<(string Name, JsonElement Json)> Operations(string package) =>
        AwsSurface.Used(package).GetProperty("operations").EnumerateObject().Select(operation => (operation.Name, operation.Value));

    public static Type Model(string package, string shape) =>
        AwsAssembly.Load(package).GetType(AwsSurface.FullName(AwsSurface.Used(package), shape), throwOnError: true)!;

    /// <summary>Calls an operation by name; what it throws comes out unwrapped.</summary>
    public static async Task<object> Call(this AmazonServiceClient client, string operation, object request)
    {
        var method = client.GetType().GetMethod(operation + "Async", [request.GetType(), typeof(CancellationToken)])!;
        var task = (Task)method.Invoke(client, BindingFlags.DoNotWrapExceptions, null, [request, CancellationToken.None], null)!;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task)!;
    }
}
