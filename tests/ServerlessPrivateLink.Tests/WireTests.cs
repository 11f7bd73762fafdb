using System.Reflection;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Tests.Deployment;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests;

public sealed class WireTests
{
    private static readonly ILambdaSerializer Serializer =
        (ILambdaSerializer)Activator.CreateInstance(typeof(Startup).Assembly.GetCustomAttribute<LambdaSerializerAttribute>()!.SerializerType)!;

    [Fact]
    public void What_is_written_is_read_again_nulls_and_words_included()
    {
        var sent = new AllowConsumersInput("orders", "vpce-svc-1", [Samples.Account("111111111111", Acceptance.Ask)], Removal.Keep);

        var text = Write(sent);
        var read = Read<AllowConsumersInput>(text);

        Assert.Contains("\"Ask\"", text, StringComparison.Ordinal);
        Assert.Contains("\"Until\":null", text, StringComparison.Ordinal);
        Assert.Equal(Write(read), text);
        Assert.Equal(sent.Consumers[0].Principal, read.Consumers[0].Principal);
    }

    [Theory]
    [InlineData("{\"Link\":\"orders\"}")]
    [InlineData("{\"Link\":\"orders\",\"VpcId\":null}")]
    [InlineData("{\"Link\":null,\"VpcId\":\"vpc-1\"}")]
    public void A_missing_or_null_field_fails_at_the_door(string text) =>
        Assert.Throws<JsonSerializerException>(() => Read<EnsureSecurityGroupInput>(text));

    [Fact]
    public void Every_function_s_input_and_output_is_known_to_the_serializer()
    {
        var read = typeof(ILambdaSerializer).GetMethod("Deserialize")!;
        foreach (var task in StateMachineFile.Tasks(StateMachineFile.Provision))
        {
            var handle = typeof(Startup).Assembly.GetTypes().Single(type => type.Name == task.Name).GetMethod("Handle")!;
            foreach (var type in new[] { handle.GetParameters()[0].ParameterType, handle.ReturnType.GetGenericArguments()[0] })
            {
                using var nothing = new MemoryStream("{}"u8.ToArray());
                var failure = Assert.Throws<TargetInvocationException>(() => read.MakeGenericMethod(type).Invoke(Serializer, [nothing])).InnerException!;
                Assert.DoesNotContain("No JsonTypeInfo registered", failure.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string Write<T>(T value)
    {
        using var stream = new MemoryStream();
        Serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static T Read<T>(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Serializer.Deserialize<T>(stream);
    }
}
