using System.Globalization;
using System.IO;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Offline;

/// <summary>The parts of a REST request and answer outside of a JSON body.</summary>
internal static class Rest
{
    public static void Header(DefaultRequest request, string name, string value)
    {
        if (value is not null)
            request.Headers[name] = value;
    }

    public static void Header(DefaultRequest request, string name, ConstantClass value) => Header(request, name, value?.Value);

    public static string Header(IWebResponseData response, string name) => response.IsHeaderPresent(name) ? response.GetHeaderValue(name) : null;

    public static void Query(DefaultRequest request, string name, string value)
    {
        request.UseQueryString = true;
        if (value is not null)
            request.Parameters.Add(name, value);
    }

    public static void Body(DefaultRequest request, MemoryStream value)
    {
        request.ContentStream = value ?? new MemoryStream();
        request.Headers["Content-Length"] = request.ContentStream.Length.ToString(CultureInfo.InvariantCulture);
        request.Headers["Content-Type"] = "application/octet-stream";
    }
}
