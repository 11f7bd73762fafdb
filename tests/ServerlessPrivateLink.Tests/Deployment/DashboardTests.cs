using System.Text.Json;
using System.Text.RegularExpressions;
using LocalAws.Faults;
using LocalAws.Rds;
using ServerlessPrivateLink.Tests.TargetSync;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace ServerlessPrivateLink.Tests.Deployment;

/// <summary>The dashboard shows numbers that somebody writes.</summary>
public sealed partial class DashboardTests
{
    private const string Own = "ServerlessPrivateLink";

    // AWS Lambda Developer Guide, "Types of metrics for Lambda functions"; AWS Step Functions Developer Guide, "Monitoring Step Functions metrics using
    // Amazon CloudWatch"; User Guide for Network Load Balancers, "CloudWatch metrics for your Network Load Balancer".
    private static readonly string[] OfAws =
    [
        "AWS/Lambda Duration FunctionName", "AWS/Lambda Errors FunctionName", "AWS/Lambda Invocations FunctionName", "AWS/Lambda Throttles FunctionName",
        "AWS/States ExecutionsStarted StateMachineArn", "AWS/States ExecutionsSucceeded StateMachineArn", "AWS/States ExecutionsFailed StateMachineArn",
        "AWS/States ExecutionsTimedOut StateMachineArn", "AWS/States ExecutionsAborted StateMachineArn",
        "AWS/NetworkELB HealthyHostCount LoadBalancer,TargetGroup", "AWS/NetworkELB UnHealthyHostCount LoadBalancer,TargetGroup",
    ];

    private static readonly string[] Statistics = ["Average", "Minimum", "Maximum", "Sum", "SampleCount"];

    private static readonly List<JsonElement> Widgets = [.. JsonDocument.Parse(TemplateFile.Text(Resource("AWS::CloudWatch::Dashboard").Single().Value, "Properties", "DashboardBody")).RootElement.GetProperty("widgets").EnumerateArray()];

    private static List<string> Shown =>
        [.. Widgets.Select(Properties).Where(static widget => widget.TryGetProperty("metrics", out _)).SelectMany(static widget => widget.GetProperty("metrics").EnumerateArray()).Select(Metric)];

    [Fact]
    public void Every_metric_of_AWS_is_one_that_AWS_writes() =>
        Assert.All(Shown.Where(static metric => !metric.StartsWith(Own, StringComparison.Ordinal)), static metric => Assert.Contains(metric, OfAws));

    [Fact]
    public void Every_metric_of_the_product_is_written_with_its_dimensions()
    {
        var world = new SyncWorld($$"""{ "instance": "orders-prod" }, {{SyncWorld.OnHost}}""");
        var cloud = world.World.Cloud;
        world.Minute();
        cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance));
        cloud.Time.Advance(TimeSpan.FromMinutes(4));
        world.Point("203.0.113.9");
        world.Minute();
        cloud.Faults.Plan(FaultKind.ServerError, static call => call.Operation.Name == "DescribeTargetHealth", times: 20);
        world.Sync();
        var written = cloud.CloudWatch.Metrics.Where(static metric => metric.Namespace == Own).Select(static metric => $"{Own} {metric.Name} {string.Join(',', metric.Dimensions.Keys)}").ToHashSet(StringComparer.Ordinal);

        var own = Shown.Where(static metric => metric.StartsWith(Own, StringComparison.Ordinal)).ToArray();

        Assert.All(own, metric => Assert.Contains(metric, written));
        Assert.Superset(
            new HashSet<string> { $"{Own} TargetsChanged Link,Stack", $"{Own} SyncFailed Link,Stack", $"{Own} SyncRefused Link,Stack", $"{Own} LinksWithoutHealthyTarget Stack" },
            own.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_searched_for_by_link_is_this_stacks() => Assert.All(
        Searches().Where(static search => search.Contains(Own, StringComparison.Ordinal)),
        static search => Assert.Contains("Stack=\"${AWS::StackName}\"", search, StringComparison.Ordinal));

    [Fact]
    public void Every_alarm_of_the_stack_is_shown()
    {
        var alarms = Assert.Single(Widgets, static widget => widget.GetProperty("type").GetString() is "alarm");

        Assert.Equal(
            Resource("AWS::CloudWatch::Alarm").Select(static alarm => $"${{{alarm.Key}.Arn}}").Order(StringComparer.Ordinal),
            Properties(alarms).GetProperty("alarms").EnumerateArray().Select(static alarm => alarm.GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Widgets_have_places_of_their_own_on_the_grid_and_the_stacks_Region()
    {
        var cells = Widgets.SelectMany(static widget =>
            from x in Enumerable.Range(widget.GetProperty("x").GetInt32(), widget.GetProperty("width").GetInt32())
            from y in Enumerable.Range(widget.GetProperty("y").GetInt32(), widget.GetProperty("height").GetInt32())
            select (x, y)).ToList();

        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, static cell => Assert.InRange(cell.x, 0, 23));
        Assert.All(Widgets.Where(static widget => widget.GetProperty("type").GetString() is "metric"), static widget => Assert.Equal("${AWS::Region}", Properties(widget).GetProperty("region").GetString()));
    }

    private static JsonElement Properties(JsonElement widget) => widget.GetProperty("properties");

    private static IEnumerable<string> Searches() => Widgets.Select(Properties)
        .Where(static widget => widget.TryGetProperty("metrics", out _))
        .SelectMany(static widget => widget.GetProperty("metrics").EnumerateArray())
        .Where(static metric => metric[0].ValueKind is JsonValueKind.Object)
        .Select(static metric => metric[0].GetProperty("expression").GetString()!);

    // Namespace, name and the dimensions' names in order.
    private static string Metric(JsonElement metric)
    {
        if (metric[0].ValueKind is JsonValueKind.Object)
        {
            var search = Search().Match(metric[0].GetProperty("expression").GetString()!);
            Assert.True(search.Success, metric.ToString());
            Assert.Contains(search.Groups["statistic"].Value, Statistics);
            return $"{search.Groups["space"].Value} {search.Groups["name"].Value} {string.Join(',', search.Groups["dimensions"].Value.Split(',').Order(StringComparer.Ordinal))}";
        }

        var words = metric.EnumerateArray().Where(static part => part.ValueKind is JsonValueKind.String).Select(static part => part.GetString()!).ToArray();
        return $"{words[0]} {words[1]} {string.Join(',', words.Skip(2).Where(static (_, index) => index % 2 == 0).Order(StringComparer.Ordinal))}";
    }

    private static Dictionary<string, YamlNode> Resource(string type) => ((YamlMappingNode)TemplateFile.At(TemplateFile.Root, "Resources")!).Children
        .Where(resource => TemplateFile.Text(resource.Value, "Type") == type)
        .ToDictionary(static resource => ((YamlScalarNode)resource.Key).Value!, static resource => resource.Value, StringComparer.Ordinal);

    // Amazon CloudWatch User Guide, "CloudWatch search expression syntax".
    [GeneratedRegex(@"^SEARCH\('\{(?<space>[\w/]+),(?<dimensions>[\w,]+)\} MetricName=""(?<name>\w+)"" [\w=""$:{}]+', '(?<statistic>\w+)', 60\)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Search();
}
