using System;
using System.IO;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Offline;

/// <summary>Chooses the exception for an error; the body is there once more for members that the exception has of its own.</summary>
internal delegate AmazonServiceException JsonError(ErrorResponse error, JsonUnmarshallerContext body);

/// <summary>An answer that is a JSON object.</summary>
internal sealed class JsonAnswer<T>(JsonMember<T> member, JsonError error) : JsonResponseUnmarshaller where T : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var value = new T();
        var reader = new StreamingUtf8JsonReader(input.Stream);
        input.Read(ref reader);
        Json.Members(input, ref reader, value, member);
        return value;
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        JsonErrors.Read(input, innerException, statusCode, error);
}

/// <summary>An answer whose body is the payload itself, and not JSON of the service.</summary>
internal sealed class BlobAnswer<T>(Action<T, IWebResponseData, MemoryStream> fill, JsonError error) : JsonResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var (value, body) = (new T(), new MemoryStream());
        input.Stream.CopyTo(body);
        body.Position = 0;
        fill(value, input.ResponseData, body);
        return value;
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        JsonErrors.Read(input, innerException, statusCode, error);
}

/// <summary>Errors told by __type or by the x-amzn-ErrorType header.</summary>
internal static class JsonErrors
{
    public static AmazonServiceException Read(JsonUnmarshallerContext context, Exception inner, HttpStatusCode status, JsonError typed)
    {
        var reader = new StreamingUtf8JsonReader(context.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref reader);
        (error.InnerException, error.StatusCode) = (inner, status);
        using var body = new MemoryStream(context.GetResponseBodyBytes());
        using var again = new JsonUnmarshallerContext(body, false, context.ResponseData, true);
        return typed(error, again);
    }
}
