using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>Every used operation, with every used member filled, beside what botocore sends and reads for it.</summary>
public sealed class BotocoreWireTests
{
    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal)
    {
        ["AWSSDK.EC2"] = "ec2",
        ["AWSSDK.ElasticLoadBalancingV2"] = "elbv2",
        ["AWSSDK.RDS"] = "rds",
        ["AWSSDK.SimpleNotificationService"] = "sns",
        ["AWSSDK.StepFunctions"] = "stepfunctions",
        ["AWSSDK.Lambda"] = "lambda",
        ["AWSSDK.ResourceGroupsTaggingAPI"] = "resourcegroupstaggingapi",
        ["AWSSDK.SimpleSystemsManagement"] = "ssm",
        ["AWSSDK.CloudWatch"] = "cloudwatch",
    };

    private static readonly Lazy<List<Case>> All = new(Ask);

    public static TheoryData<string> Packages => new(AwsSurface.Packages);

    [SkippableTheory]
    [MemberData(nameof(Packages))]
    public async Task Each_request_says_what_botocore_says(string package)
    {
        foreach (var (_, operation, request, other) in Cases(package))
        {
            var transport = new Transport(AnswerOf(other.GetProperty("answer")));
            using var client = transport.Named(package);

            await client.Call(operation, request);

            var expected = other.GetProperty("request");
            Assert.Equal(expected.GetProperty("method").GetString(), transport.Only.Method.Method);
            Assert.Equal(expected.GetProperty("path").GetString(), transport.Only.Uri.AbsolutePath);
            Assert.Equal(Lines(Pairs(expected.GetProperty("query"))), Lines(transport.Only.Query));
            Assert.Superset(Lines(Pairs(expected.GetProperty("headers"))), Lines(transport.Only.Headers));
            AssertBody(operation, expected, transport.Only);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Packages))]
    public async Task Each_answer_is_read_as_botocore_reads_it(string package)
    {
        foreach (var (_, operation, request, other) in Cases(package))
        {
            using var client = new Transport(AnswerOf(other.GetProperty("answer"))).Named(package);

            var answer = (Amazon.Runtime.AmazonWebServiceResponse)await client.Call(operation, request);

            var values = Pairs(other.GetProperty("answer").GetProperty("values"));
            Assert.All(new Samples(package).Values(answer), found => Assert.Equal((found.Path, values.GetValueOrDefault(found.Path, "null")), found));
            Assert.Equal("the-request", answer.ResponseMetadata.RequestId);
        }
    }

    private static IEnumerable<Case> Cases(string package)
    {
        Skip.IfNot(Botocore.IsInstalled, "python3 with botocore is not installed");
        return All.Value.Where(each => each.Package == package).Select(Rewound);
    }

    /// <summary>Sending a request reads its streams to their ends; the requests are asked for once and sent by several tests.</summary>
    private static Case Rewound(Case each)
    {
        foreach (var stream in each.Request.GetType().GetProperties().Where(property => property.PropertyType == typeof(MemoryStream)))
            ((MemoryStream)stream.GetValue(each.Request)!).Position = 0;
        return each;
    }

    private static List<Case> Ask()
    {
        var cases = AwsSurface.Packages.SelectMany(package =>
        {
            var samples = new Samples(package);
            return Clients.Operations(package).Select(operation => (
                Case: new Case(package, operation.Name, samples.Filled(Clients.Model(package, AwsSurface.Text(operation.Json, "request"))), default),
                Samples: samples));
        }).ToList();
        var asked = cases.Select(each => new JsonObject
        {
            ["service"] = Services[each.Case.Package],
            ["protocol"] = AwsSurface.Text(AwsSurface.Used(each.Case.Package), "protocol"),
            ["operation"] = each.Case.Operation,
            ["parameters"] = each.Samples.Parameters(each.Case.Request),
        });
        return [.. cases.Zip(Botocore.Wire(new JsonArray([.. asked])).EnumerateArray(), (each, other) => each.Case with { Other = other })];
    }

    private static Answer AnswerOf(JsonElement answer) =>
        new(200, answer.GetProperty("body").GetBytesFromBase64(), Pairs(answer.GetProperty("headers")));

    private static void AssertBody(string operation, JsonElement expected, Sent sent)
    {
        if (expected.GetProperty("form") is { ValueKind: JsonValueKind.Object } form)
        {
            Assert.Equal(Lines(Pairs(form)), Lines(sent.Form));
            return;
        }
        var body = expected.GetProperty("body").GetBytesFromBase64();
        if (sent.Headers.ContainsKey("x-amz-target"))
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(sent.Body)), $"{operation}: {Encoding.UTF8.GetString(body)} and {sent.Text}");
        else
            Assert.Equal(body, sent.Body);
    }

    private static Dictionary<string, string> Pairs(JsonElement json) =>
        json.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.ToString(), StringComparer.Ordinal);

    private static SortedSet<string> Lines(IReadOnlyDictionary<string, string> pairs) =>
        new(pairs.Select(pair => $"{(pair.Key.StartsWith("X-Amz", StringComparison.OrdinalIgnoreCase) ? pair.Key.ToLowerInvariant() : pair.Key)}: {pair.Value}"), StringComparer.Ordinal);

    private sealed record Case(string Package, string Operation, object Request, JsonElement Other);
}
