using System;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Offline;

/// <summary>Turns one kind of request into what goes over the wire.</summary>
internal sealed class RequestMarshaller<T>(Func<T, IRequest> marshall) : IMarshaller<IRequest, AmazonWebServiceRequest>
    where T : AmazonWebServiceRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input) => marshall((T)input);
}
