using System;
using System.Collections.Generic;
using System.Linq;

namespace AwsSurface;

/// <summary>Marshallers and unmarshallers: straight-line code for each shape, driven by the plumbing.</summary>
internal static class WireClasses
{
    public static Code Write(Surface surface)
    {
        IProtocol protocol = surface.Protocol switch
        {
            "ec2" or "query" => new FormProtocol(surface),
            "json-1.0" or "json-1.1" => new JsonProtocol(surface),
            "rest-json" => new RestJsonProtocol(surface),
            var other => throw new NotSupportedException($"{surface.Package}: no code for protocol {other}"),
        };
        var code = new Code().Lines(
            "using System;", "using System.Collections.Generic;", "using System.IO;", "using System.Text.Json;", "using Amazon.Offline;", "using Amazon.Runtime;", "using Amazon.Runtime.Internal;",
            "using Amazon.Runtime.Internal.Transform;", "using Amazon.Runtime.Internal.Util;", "using Amazon.Util;", "", $"namespace {surface.Model}.Internal;", "");
        foreach (var operation in surface.Operations)
        {
            code.Block($"internal static class {operation.Name}Operation", () =>
            {
                code.Line($"public static InvokeOptions Options => new InvokeOptions {{ RequestMarshaller = s_request, ResponseUnmarshaller = s_response }};");
                protocol.WriteOperation(code, operation);
                WriteErrors(code, surface, operation, protocol);
            });
        }
        var (sent, read) = (Reachable(surface, surface.Operations.Select(each => each.Request), member => member.IsSent),
            Reachable(surface, surface.Operations.Select(each => each.Response), member => member.IsRead));
        foreach (var shape in sent.Union(read))
        {
            code.Block($"internal static class {shape.Name}Wire", () =>
            {
                if (sent.Contains(shape))
                    protocol.WriteSent(code, shape);
                if (read.Contains(shape))
                    protocol.WriteRead(code, shape);
            });
        }
        foreach (var shape in surface.Of(ShapeKind.Exception).Where(shape => shape.Members.Count > 0))
            code.Block($"internal static class {shape.Name}Wire", () => protocol.WriteRead(code, shape));
        return code;
    }

    /// <summary>An error is typed only where the model lists it for the operation; every other code is the service's base exception.</summary>
    private static void WriteErrors(Code code, Surface surface, Operation operation, IProtocol protocol)
    {
        const string arguments = "(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode)";
        code.Block($"private static AmazonServiceException Error({protocol.ErrorParameters}) => error.Code switch", () =>
        {
            foreach (var shape in operation.Errors.Select(name => surface.Shapes[name]))
            {
                var made = $"new {shape.Name}{arguments}";
                code.Line($"{Code.Quoted(shape.ErrorCode!)} => {(shape.Members.Count == 0 ? made : protocol.ErrorWithMembers(shape, made))},");
            }
            code.Line($"_ => new {surface.Exception}{arguments},");
        }, "};");
    }

    private static HashSet<Shape> Reachable(Surface surface, IEnumerable<string> roots, Func<Member, bool> follow)
    {
        var reached = new HashSet<Shape>();
        var open = new Queue<Shape>(roots.Select(name => surface.Shapes[name]));
        while (open.Count > 0)
        {
            var shape = open.Dequeue();
            if (!reached.Add(shape))
                continue;
            foreach (var next in shape.Members.Where(follow).Select(member => surface.Find(member.Element)).Where(next => next?.Kind == ShapeKind.Class))
                open.Enqueue(next!);
        }
        return reached;
    }
}

/// <summary>How one protocol's requests and responses are written down as code.</summary>
internal interface IProtocol
{
    string ErrorParameters { get; }
    void WriteOperation(Code code, Operation operation);
    void WriteSent(Code code, Shape shape);
    void WriteRead(Code code, Shape shape);
    string ErrorWithMembers(Shape shape, string made);
}
