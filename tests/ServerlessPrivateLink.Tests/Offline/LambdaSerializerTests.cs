using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed partial class LambdaSerializerTests
{
    private static readonly ILambdaSerializer Generated = new SourceGeneratorLambdaJsonSerializer<Types>();

    public static TheoryData<ILambdaSerializer> Both => [new DefaultLambdaJsonSerializer(), Generated];

    [Theory]
    [MemberData(nameof(Both))]
    public void Names_stay_nulls_vanish_and_nothing_is_escaped_without_need(ILambdaSerializer serializer) => Assert.Equal(
        """{"Name":"ä<b>","Time":"2026-07-22T10:00:00Z"}""",
        Write(serializer, new Sample("ä<b>", null, new DateTime(2026, 7, 22, 10, 0, 0, DateTimeKind.Utc))));

    [Theory]
    [MemberData(nameof(Both))]
    public void Names_are_read_in_any_case(ILambdaSerializer serializer) =>
        Assert.Equal("orders", Read<Sample>(serializer, """{"nAmE":"orders"}""").Name);

    [Theory]
    [InlineData("\"2026-07-22T10:00:00Z\"", "2026-07-22T10:00:00.000Z")]
    [InlineData("1784714400", "2026-07-22T10:00:00.000Z")]
    [InlineData("1784714400.5", "2026-07-22T10:00:00.500Z")]
    [InlineData("1784714400250", "2026-07-22T10:00:00.250Z")]
    public void A_time_is_text_or_seconds_or_milliseconds(string json, string time) => Assert.Equal(
        time, Read<Sample>(Generated, $$"""{"Time":{{json}}}""").Time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null));

    [Theory]
    [InlineData("\"Af8=\"")]
    [InlineData("[1,255]")]
    public void Bytes_are_read_from_base64_and_from_numbers(string json) => Assert.Equal([1, 255], Read<byte[]>(Generated, json));

    [Fact]
    public void Bytes_are_written_as_numbers() => Assert.Equal("[1,255]", Write<byte[]>(Generated, [1, 255]));

    [Fact]
    public void A_null_answer_is_the_word_null() => Assert.Equal("null", Write<Sample?>(Generated, null));

    [Fact]
    public void The_naming_of_the_context_is_ignored_and_that_of_the_customizer_is_not()
    {
        Assert.StartsWith("{\"Name\"", Write(Generated, new Sample("x", null, default)), StringComparison.Ordinal);
        var camel = new SourceGeneratorLambdaJsonSerializer<Types>(options => options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase);
        Assert.StartsWith("{\"name\"", Write(camel, new Sample("x", null, default)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Bad_json_is_a_serializer_exception_that_names_the_type(ILambdaSerializer serializer) => Assert.StartsWith(
        $"Error converting the Lambda event JSON payload to type {typeof(Sample).FullName}",
        Assert.Throws<JsonSerializerException>(() => Read<Sample>(serializer, "{")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_type_that_the_context_does_not_know_is_refused_by_name() => Assert.Contains(
        $"No JsonTypeInfo registered in {typeof(Types).FullName} for type {typeof(Version).FullName}.",
        Assert.Throws<JsonSerializerException>(() => Read<Version>(Generated, "{}")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Only_the_two_headers_of_s3_have_names_of_their_own()
    {
        var policy = new AwsNamingPolicy(JsonNamingPolicy.CamelCase);

        Assert.Equal("x-amz-id-2", policy.ConvertName("XAmzId2"));
        Assert.Equal("x-amz-request-id", policy.ConvertName("XAmzRequestId"));
        Assert.Equal("name", policy.ConvertName("Name"));
    }

    private static string Write<T>(ILambdaSerializer serializer, T value)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static T Read<T>(ILambdaSerializer serializer, string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return serializer.Deserialize<T>(stream);
    }

    public sealed record Sample(string Name, string? Missing, DateTime Time);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Sample))]
    [JsonSerializable(typeof(byte[]))]
    public sealed partial class Types : JsonSerializerContext;
}
