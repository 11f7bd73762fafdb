using System.Linq;

namespace AwsSurface;

/// <summary>The service's base exception and, in the model namespace, one class for each modelled error.</summary>
internal static class ExceptionClasses
{
    private static readonly (string Parameters, string Arguments)[] Constructors =
    [
        ("string message", "message"),
        ("string message, Exception innerException", "message, innerException"),
        ("Exception innerException", "innerException"),
        ("string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode",
            "message, innerException, errorType, errorCode, requestId, statusCode"),
        ("string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode",
            "message, errorType, errorCode, requestId, statusCode"),
    ];

    public static Code Write(Surface surface)
    {
        var code = new Code().Lines("using System;", "using System.Net;", "using Amazon.Runtime;", "");
        var (own, modelled) = (surface.Shapes[surface.Exception], surface.Of(ShapeKind.Exception).Where(shape => shape.Name != surface.Exception));
        code.Block($"namespace {surface.Namespace}", () => WriteClass(code, own));
        code.Block($"namespace {surface.Model}", () =>
        {
            foreach (var shape in modelled)
                WriteClass(code, shape);
        });
        return code;
    }

    private static void WriteClass(Code code, Shape shape) =>
        code.Block($"public partial class {shape.Name} : {shape.Base}", () =>
        {
            code.Line($"public {shape.Name}() {{ }}");
            foreach (var (parameters, arguments) in Constructors)
                code.Line($"public {shape.Name}({parameters}) : base({arguments}) {{ }}");
            foreach (var member in shape.Members)
                code.Line($"public {member.Type} {member.Name} {{ get; set; }}");
        });
}
