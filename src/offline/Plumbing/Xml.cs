using System;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Offline;

/// <summary>Reads the current element into the member that it belongs to, if there is one.</summary>
internal delegate void XmlMember<T>(XmlUnmarshallerContext context, int depth, T value);

/// <summary>What the two XML protocols share.</summary>
internal static class Xml
{
    /// <summary>Reads the children of the current element, each handed to the shape's own code.</summary>
    public static T Structure<T>(XmlUnmarshallerContext context, T value, XmlMember<T> member)
    {
        var start = context.CurrentDepth;
        while (context.ReadAtDepth(start))
            if (context.IsStartElement)
                member(context, start + 1, value);
        return value;
    }

    public static AmazonServiceException Error(
        XmlUnmarshallerContext context, Exception inner, HttpStatusCode status, Func<ErrorResponse, AmazonServiceException> typed)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        (error.InnerException, error.StatusCode) = (inner, status);
        return typed(error);
    }
}

/// <summary>An answer whose members are the children of the root; Core's base class reads the request id.</summary>
internal sealed class Ec2Answer<T>(XmlMember<T> member, Func<ErrorResponse, AmazonServiceException> error) : EC2ResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var value = new T();
        var start = input.CurrentDepth;
        var depth = input.IsStartOfDocument ? 2 : start + 1;
        while (input.ReadAtDepth(start))
            if (input.IsStartElement)
                member(input, depth, value);
        return value;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        Xml.Error(input, innerException, statusCode, error);
}

/// <summary>An answer with a result element and the metadata beside it.</summary>
internal sealed class QueryAnswer<T>(string result, XmlMember<T> member, Func<ErrorResponse, AmazonServiceException> error) : XmlResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var value = new T();
        input.Read();
        var depth = input.CurrentDepth;
        while (input.ReadAtDepth(depth))
        {
            if (!input.IsStartElement)
                continue;
            if (input.TestExpression(result, 2))
                Xml.Structure(input, value, member);
            else if (input.TestExpression("ResponseMetadata", 2))
                value.ResponseMetadata = ResponseMetadataUnmarshaller.Instance.Unmarshall(input);
        }
        return value;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        Xml.Error(input, innerException, statusCode, error);
}
