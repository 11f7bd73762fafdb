using LocalAws.Monitoring;
using LocalAws.Tests.Lambda;
using Xunit;

namespace LocalAws.Tests.Monitoring;

public sealed class EmbeddedFormatTests
{
    private static readonly DateTimeOffset Written = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private const string Line =
        """{"_aws":{"Timestamp":1767254400000,"CloudWatchMetrics":[{"Namespace":"Own","Dimensions":[["Stack"],["Stack","Link"]],"Metrics":[{"Name":"Moved","Unit":"Count"},{"Name":"Took"}]}]},"Stack":"s","Link":"orders","Moved":2,"Took":[1.5,2]}""";

    [Fact]
    public void Each_set_of_dimensions_has_each_value()
    {
        var found = EmbeddedFormat.Read(Line, Written);

        Assert.Equal(6, found.Length);
        Assert.Contains((MetricId.Of("Own", "Moved", ("Stack", "s")), Written, 2d, "Count"), found);
        Assert.Contains((MetricId.Of("Own", "Moved", ("Link", "orders"), ("Stack", "s")), Written, 2d, "Count"), found);
        Assert.Equal([1.5, 2], found.Where(one => one.Metric == MetricId.Of("Own", "Took", ("Stack", "s"))).Select(one => one.Value));
        Assert.Equal("None", found[^1].Unit);
    }

    [Theory]
    [InlineData("\"_aws\"", "\"aws\"")]
    [InlineData("1767254400000", "\"now\"")]
    [InlineData("1767254400000", "1766000000000")]
    [InlineData("1767254400000", "1767265200000")]
    [InlineData("\"Own\"", "\"\"")]
    [InlineData("\"Link\":\"orders\"", "\"Link\":7")]
    [InlineData("\"Link\":\"orders\",", "")]
    [InlineData("[[\"Stack\"],[\"Stack\",\"Link\"]]", "\"Stack\"")]
    [InlineData("\"Moved\":2,\"Took\":[1.5,2]", "\"Moved\":\"2\",\"Took\":[1,\"2\"]")]
    [InlineData("}]}]}", "}]}]")]
    [InlineData("{\"_aws\"", "text {\"_aws\"")]
    public void What_does_not_follow_the_specification_is_ignored(string text, string other)
    {
        Assert.Contains(text, Line, StringComparison.Ordinal);

        Assert.Empty(EmbeddedFormat.Read(Line.Replace(text, other, StringComparison.Ordinal), Written));
    }

    [Fact]
    public void What_a_function_writes_to_its_output_or_its_log_becomes_a_metric()
    {
        var world = new LambdaWorld();
        var function = world.Load("writer", surroundings => (_, context) =>
        {
#pragma warning disable CA1849 // An asynchronous write would go on on another thread, and the simulation has but one.
            surroundings.StandardOutput.WriteLine(Line);
            surroundings.StandardOutput.WriteLine("plain");
#pragma warning restore CA1849
            context.Logger.LogInformation(Line);
            return Task.FromResult("{}");
        });
        world.Invoke(function);

        var metric = MetricId.Of("Own", "Moved", ("Stack", "s"));
        Assert.Equal([2, 2], world.Cloud.CloudWatch.Points(metric, Written, Written.AddSeconds(1)).Select(point => point.Value));
        Assert.Equal([Line, "plain", Line], world.Cloud.Lambda.Logs("writer").Select(line => line.Message));
    }

    [Fact]
    public void Lambda_counts_invocations_errors_and_durations()
    {
        var world = new LambdaWorld();
        var function = world.Add("once", async (input, _) =>
        {
            await world.Cloud.Time.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
            return input.Contains("bad", StringComparison.Ordinal) ? throw new InvalidOperationException("bad") : "{}";
        });
        var began = world.Cloud.Time.GetUtcNow();
        world.Invoke(function);
        world.Invoke(function, "\"bad\"");

        Assert.Equal((2d, 1d), (Sum("Invocations"), Sum("Errors")));
        Assert.InRange(Sum("Duration"), 4000, 6000);

        double Sum(string name) => world.Cloud.CloudWatch.Points(MetricId.Of("AWS/Lambda", name, ("FunctionName", "once")), began, began.AddMinutes(1)).Sum(point => point.Value);
    }
}
