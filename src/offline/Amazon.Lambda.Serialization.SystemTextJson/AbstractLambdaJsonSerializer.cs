using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>What both serializers share: the default options, and every failure as a <see cref="JsonSerializerException"/>.</summary>
public abstract class AbstractLambdaJsonSerializer
{
    private readonly bool echo;

    protected AbstractLambdaJsonSerializer(Action<JsonWriterOptions> jsonWriterCustomizer)
    {
        WriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        jsonWriterCustomizer?.Invoke(WriterOptions);
        echo = string.Equals(Environment.GetEnvironmentVariable("LAMBDA_NET_SERIALIZER_DEBUG"), "true", StringComparison.OrdinalIgnoreCase);
    }

    protected JsonWriterOptions WriterOptions { get; }

    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            if (echo)
            {
                Echo(response);
            }

            using var writer = new Utf8JsonWriter(responseStream, WriterOptions);
            InternalSerialize(writer, response);
        }
        catch (Exception e)
        {
            throw new JsonSerializerException($"Error converting the response object of type {typeof(T).FullName} from the Lambda function to JSON: {e.Message}", e);
        }
    }

    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            using var copy = new MemoryStream();
            requestStream.CopyTo(copy);
            var json = copy.ToArray();
            if (echo)
            {
                Console.WriteLine($"Lambda Deserialize {typeof(T).FullName}: {System.Text.Encoding.UTF8.GetString(json)}");
            }

            return InternalDeserialize<T>(json);
        }
        catch (Exception e)
        {
            var target = typeof(T) == typeof(string)
                ? "a string. JSON strings must be quoted, for example \"Hello World\" in order to be converted to a string"
                : $"type {typeof(T).FullName}";
            throw new JsonSerializerException($"Error converting the Lambda event JSON payload to {target}: {e.Message}", e);
        }
    }

    protected virtual JsonSerializerOptions CreateDefaultJsonSerializationOptions() => new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = new AwsNamingPolicy(),
        Converters = { new DateTimeConverter(), new MemoryStreamConverter(), new ConstantClassConverter(), new ByteArrayConverter() },
    };

    protected abstract void InternalSerialize<T>(Utf8JsonWriter writer, T response);

    protected abstract T InternalDeserialize<T>(byte[] utf8Json);

    private void Echo<T>(T response)
    {
        using var copy = new MemoryStream();
        using (var writer = new Utf8JsonWriter(copy, WriterOptions))
        {
            InternalSerialize(writer, response);
        }

        Console.WriteLine($"Lambda Serialize {typeof(T).FullName}: {System.Text.Encoding.UTF8.GetString(copy.ToArray())}");
    }
}
