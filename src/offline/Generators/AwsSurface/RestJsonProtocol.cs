using System;
using System.Linq;

namespace AwsSurface;

/// <summary>REST-JSON where the body is one blob: the rest travels in path, query string, headers and status.</summary>
internal sealed class RestJsonProtocol(Surface surface) : IProtocol
{
    public string ErrorParameters => "ErrorResponse error, JsonUnmarshallerContext body";

    public void WriteOperation(Code code, Operation operation)
    {
        var (method, path) = (operation.InputWire.Split(' ')[0], operation.InputWire.Split(' ')[1]);
        code.Lines(
            $"private static readonly RequestMarshaller<{operation.Request}> s_request = new RequestMarshaller<{operation.Request}>(Marshall);",
            $"private static readonly ResponseUnmarshaller s_response = new BlobAnswer<{operation.Response}>({operation.Response}Wire.Fill, Error);");
        code.Block($"private static IRequest Marshall({operation.Request} value)", () =>
        {
            code.Line($"var request = new DefaultRequest(value, {Code.Quoted(surface.Namespace)}) {{ HttpMethod = {Code.Quoted(method)}, ResourcePath = {Code.Quoted(path)} }};");
            foreach (var member in surface.Shapes[operation.Request].Members.Where(member => member.IsSent && member.Place == "uri"))
                WritePathPart(code, member);
            code.Lines($"{operation.Request}Wire.Write(request, value);", "return request;");
        });
    }

    public void WriteSent(Code code, Shape shape) =>
        code.Block($"public static void Write(DefaultRequest request, {shape.Name} value)", () =>
        {
            foreach (var member in shape.Members.Where(member => member.IsSent && member.Place != "uri"))
                code.Line(member.Place switch
                {
                    "header" => $"Rest.Header(request, {Code.Quoted(member.Key)}, value.{member.Name});",
                    "querystring" => $"Rest.Query(request, {Code.Quoted(member.Key)}, value.{member.Name});",
                    "body" => $"Rest.Body(request, value.{member.Name});",
                    _ => throw new NotSupportedException($"{surface.Package}: {shape.Name}.{member.Name} has no place in the request: {member.Wire}"),
                });
        });

    public void WriteRead(Code code, Shape shape)
    {
        if (shape.Kind == ShapeKind.Exception)
        {
            JsonProtocol.WriteRead(code, shape, surface);
            return;
        }
        code.Block($"public static void Fill({shape.Name} value, IWebResponseData response, MemoryStream body)", () =>
        {
            foreach (var member in shape.Members.Where(member => member.IsRead))
                code.Line($"value.{member.Name} = " + member.Place switch
                {
                    "header" => $"Rest.Header(response, {Code.Quoted(member.Key)});",
                    "body" => "body;",
                    "HTTP status code" => "(int)response.StatusCode;",
                    _ => throw new NotSupportedException($"{surface.Package}: {shape.Name}.{member.Name} has no place in the answer: {member.Wire}"),
                });
        });
    }

    public string ErrorWithMembers(Shape shape, string made) => $"Json.Fill(body, {made}, {shape.Name}Wire.Member)";

    private void WritePathPart(Code code, Member member)
    {
        var missing = $"Request object does not have required field {member.Name} set";
        code.Line($"if (string.IsNullOrEmpty(value.{member.Name}))");
        code.Line($"    throw new {surface.Exception}({Code.Quoted(missing)});");
        code.Line($"request.AddPathResource({Code.Quoted("{" + member.Key + "}")}, value.{member.Name});");
    }
}
