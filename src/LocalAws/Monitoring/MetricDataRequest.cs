using System.Collections.Immutable;
using System.Globalization;
using LocalAws.Wire;

namespace LocalAws.Monitoring;

/// <summary>One series that is asked for.</summary>
/// <param name="Id">How the answer names it.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Period">The length of one datapoint.</param>
/// <param name="Statistic">What is made of the numbers in it.</param>
/// <param name="Unit">The only unit that counts; null: any.</param>
/// <param name="Label">How people read it.</param>
internal sealed record MetricQuery(string Id, MetricId Metric, TimeSpan Period, string Statistic, string? Unit, string Label);

/// <summary>What a <c>GetMetricData</c> asks for (Amazon CloudWatch API Reference: "GetMetricData", "MetricDataQuery", "MetricStat").</summary>
internal sealed record MetricDataRequest(ImmutableArray<MetricQuery> Queries, DateTimeOffset From, DateTimeOffset To, bool NewestFirst, int MostPoints)
{
    private const int MostQueries = 500;
    private const int MostPointsEver = 100_800;
    private const string Descending = "TimestampDescending";
    private const string Ascending = "TimestampAscending";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static MetricDataRequest Read(Form form)
    {
        var (from, to) = (Time(form, "StartTime"), Time(form, "EndTime"));
        if (from >= to)
            throw new AwsErrorException("ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
        var queries = form.List("MetricDataQueries.member");
        if (queries.IsEmpty)
            throw Missing("MetricDataQueries");
        if (queries.Length > MostQueries)
            throw new AwsErrorException("ValidationError", $"The collection MetricDataQueries must not have a size greater than {MostQueries}.");
        var read = queries.Where(static query => query.Flag("ReturnData") is not false).Select(Query).ToImmutableArray();
        if (read.GroupBy(static query => query.Id, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            throw new AwsErrorException("ValidationError", $"The values for parameter id in the array MetricDataQueries are not unique: {twice.Key}.");
        var order = form.Text("ScanBy") ?? Descending;
        if (order is not (Descending or Ascending))
            throw CloudWatchApi.Invalid(order, "scanBy", $"Member must satisfy enum value set: [{Descending}, {Ascending}]");
        var most = form.Number("MaxDatapoints") ?? MostPointsEver;
        return most is >= 1 and <= MostPointsEver
            ? new(read, from, to, order == Descending, most)
            : throw new AwsErrorException("ValidationError", $"The parameter MaxDatapoints must be from 1 to {MostPointsEver}.");
    }

    /// <summary>
    /// Each period before the end in which something was measured, by its beginning. The periods follow one another from the start, which is
    /// rounded down to a whole minute, or to a whole period where that is shorter ("GetMetricData", StartTime).
    /// </summary>
    public IEnumerable<(DateTimeOffset At, double Value)> Points(MetricQuery query, CloudWatchState state)
    {
        var begin = Floor(From, query.Period < Minute ? query.Period : Minute);
        var points = state.Points(query.Metric, begin, To)
            .Where(point => query.Unit is null || point.Unit == query.Unit)
            .GroupBy(point => (point.At - begin).Ticks / query.Period.Ticks)
            .OrderBy(static period => period.Key)
            .Select(period => (begin + (period.Key * query.Period), Statistics.Of(query.Statistic, [.. period.Select(static point => point.Value)])!.Value));
        return NewestFirst ? points.Reverse() : points;
    }

    private static MetricQuery Query(Form form)
    {
        var id = form.Text("Id") ?? throw Missing("MetricDataQueries.member.Id");
        if (!IsId(id))
            throw new AwsErrorException("ValidationError", $"The value {id} for parameter id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.");
        if (form.Find("Expression") is not null)
            throw new AwsErrorException("InvalidParameterValue", "Expressions are not imitated here.");
        var stat = form.Find("MetricStat") ?? throw Missing("MetricDataQueries.member.MetricStat");
        var metric = stat.Find("Metric") ?? throw Missing("MetricDataQueries.member.MetricStat.Metric");
        var (period, statistic) = (stat.Number("Period") ?? throw Missing("MetricDataQueries.member.MetricStat.Period"), stat.Required("Stat"));
        if (period is not (1 or 5 or 10 or 20 or 30) && (period < 60 || period % 60 != 0))
            throw new AwsErrorException("ValidationError", $"The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60, and is {period}.");
        if (!Statistics.Names.Contains(statistic, StringComparer.Ordinal))
            throw new AwsErrorException("InvalidParameterValue", $"The statistic {statistic} is not imitated here. Known are {string.Join(", ", Statistics.Names)}.");
        var name = metric.Required("MetricName");
        return new(
            id,
            MetricId.Of(metric.Required("Namespace"), name, metric.List("Dimensions.member").Select(static dimension => (dimension.Required("Name"), dimension.Required("Value")))),
            TimeSpan.FromSeconds(period),
            statistic,
            stat.Text("Unit"),
            form.Text("Label") ?? name);
    }

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan unit) => new(at.UtcTicks - (at.UtcTicks % unit.Ticks), TimeSpan.Zero);

    private static DateTimeOffset Time(Form form, string name) => form.Text(name) is not { Length: > 0 } text ? throw Missing(name)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new AwsErrorException("MalformedInput", $"timestamp must follow ISO8601: {text}");

    private static AwsErrorException Missing(string name) => new("MissingParameter", $"The parameter {name} is required.");

    private static bool IsId(string id) => id.Length > 0 && char.IsAsciiLetterLower(id[0]) && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
