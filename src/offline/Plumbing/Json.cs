using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Offline;

/// <summary>Reads one value from where the reader stands.</summary>
internal delegate T JsonRead<T>(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader);

/// <summary>Reads the current value into the member that it belongs to, if there is one.</summary>
internal delegate void JsonMember<T>(JsonUnmarshallerContext context, int depth, ref StreamingUtf8JsonReader reader, T value);

/// <summary>Writing requests and reading answers in JSON.</summary>
internal static class Json
{
    public static IRequest Request<T>(T input, string service, string target, string contentType, Action<Utf8JsonWriter, T> write) where T : AmazonWebServiceRequest
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            write(writer, input);
            writer.WriteEndObject();
        }
        var request = new DefaultRequest(input, service) { HttpMethod = "POST", ResourcePath = "/", Content = body.ToArray() };
        request.Headers["X-Amz-Target"] = target;
        request.Headers["Content-Type"] = contentType;
        return request;
    }

    public static void Put(this Utf8JsonWriter writer, string name, string value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    public static void Put(this Utf8JsonWriter writer, string name, ConstantClass value) => writer.Put(name, value?.Value);

    public static void Put(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } some)
            writer.WriteBoolean(name, some);
    }

    public static void Put(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } some)
            writer.WriteNumber(name, some);
    }

    public static void Put(this Utf8JsonWriter writer, string name, List<string> values) => writer.PutList(name, values, static (writer, value) => writer.WriteStringValue(value));

    public static void Put<T>(this Utf8JsonWriter writer, string name, List<T> values, Action<Utf8JsonWriter, T> write) => writer.PutList(name, values, (writer, value) =>
    {
        writer.WriteStartObject();
        write(writer, value);
        writer.WriteEndObject();
    });

    public static T Structure<T>(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader, JsonMember<T> member) where T : class, new()
    {
        context.Read(ref reader);
        if (context.CurrentTokenType == JsonTokenType.Null)
            return null;
        var value = new T();
        Members(context, ref reader, value, member);
        return value;
    }

    /// <summary>Reads an error's own members from a second pass over the same body.</summary>
    public static T Fill<T>(JsonUnmarshallerContext body, T value, JsonMember<T> member)
    {
        if (body.Stream.Length == 0)
            return value;
        var reader = new StreamingUtf8JsonReader(body.Stream);
        body.Read(ref reader);
        Members(body, ref reader, value, member);
        return value;
    }

    public static List<T> List<T>(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader, JsonRead<T> read) =>
        new JsonListUnmarshaller<T, Reading<T>>(new Reading<T>(read)).Unmarshall(context, ref reader);

    public static List<string> Texts(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader) =>
        List(context, ref reader, StringUnmarshaller.Instance.Unmarshall);

    public static Dictionary<string, string> TextMap(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader) =>
        new JsonDictionaryUnmarshaller<string, string, StringUnmarshaller, StringUnmarshaller>(StringUnmarshaller.Instance, StringUnmarshaller.Instance)
            .Unmarshall(context, ref reader);

    public static Dictionary<string, List<string>> TextsMap(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader) =>
        new JsonDictionaryUnmarshaller<string, List<string>, StringUnmarshaller, Reading<List<string>>>(StringUnmarshaller.Instance, new Reading<List<string>>(Texts))
            .Unmarshall(context, ref reader);

    internal static void Members<T>(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader, T value, JsonMember<T> member)
    {
        var depth = context.CurrentDepth;
        while (context.ReadAtDepth(depth, ref reader))
            member(context, depth, ref reader, value);
    }

    /// <summary>An empty list that was assigned is sent; where collections are initialized, it counts as not set.</summary>
    private static void PutList<T>(this Utf8JsonWriter writer, string name, List<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null || (values.Count == 0 && AWSConfigs.InitializeCollections))
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
            write(writer, value);
        writer.WriteEndArray();
    }

    private sealed class Reading<T>(JsonRead<T> read) : IJsonUnmarshaller<T, JsonUnmarshallerContext>
    {
        public T Unmarshall(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader) => read(context, ref reader);
    }
}
