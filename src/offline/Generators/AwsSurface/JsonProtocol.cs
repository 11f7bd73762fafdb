using System;
using System.Linq;

namespace AwsSurface;

/// <summary>JSON 1.0 and 1.1: a POST of one object, named by X-Amz-Target.</summary>
internal sealed class JsonProtocol(Surface surface) : IProtocol
{
    public string ErrorParameters => "ErrorResponse error, JsonUnmarshallerContext body";

    public void WriteOperation(Code code, Operation operation)
    {
        var target = operation.InputWire.Split(' ', ';').Single(word => word.EndsWith("." + operation.Name, StringComparison.Ordinal));
        code.Lines(
            $"private static readonly RequestMarshaller<{operation.Request}> s_request = new RequestMarshaller<{operation.Request}>(value => Json.Request(value, {Code.Quoted(surface.Namespace)}, {Code.Quoted(target)}, {Code.Quoted("application/x-amz-" + surface.Protocol)}, {operation.Request}Wire.Write));",
            $"private static readonly ResponseUnmarshaller s_response = new JsonAnswer<{operation.Response}>({operation.Response}Wire.Member, Error);");
    }

    public void WriteSent(Code code, Shape shape) =>
        code.Block($"public static void Write(Utf8JsonWriter writer, {shape.Name} value)", () =>
        {
            foreach (var member in shape.Members.Where(member => member.IsSent))
                code.Line($"writer.Put({Code.Quoted(member.Wire)}, value.{member.Name}{(surface.Find(member.Element)?.Kind == ShapeKind.Class ? $", {member.Element}Wire.Write" : "")});");
        });

    public void WriteRead(Code code, Shape shape) => WriteRead(code, shape, surface);

    public string ErrorWithMembers(Shape shape, string made) => $"Json.Fill(body, {made}, {shape.Name}Wire.Member)";

    internal static void WriteRead(Code code, Shape shape, Surface surface)
    {
        if (shape.Kind == ShapeKind.Class)
            code.Line($"public static {shape.Name} Read(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader) => Json.Structure<{shape.Name}>(context, ref reader, Member);");
        code.Block($"public static void Member(JsonUnmarshallerContext context, int depth, ref StreamingUtf8JsonReader reader, {shape.Name} value)", () =>
        {
            var first = true;
            foreach (var member in shape.Members.Where(member => member.IsRead))
            {
                code.Line($"{(first ? "" : "else ")}if (context.TestExpression({Code.Quoted(member.WireResponse)}, depth, ref reader))");
                code.Line($"    value.{member.Name} = {Read(surface, member.Type)};");
                first = false;
            }
        });
    }

    private static string Read(Surface surface, string type) => type switch
    {
        "List<string>" => "Json.Texts(context, ref reader)",
        "Dictionary<string, string>" => "Json.TextMap(context, ref reader)",
        "Dictionary<string, List<string>>" => "Json.TextsMap(context, ref reader)",
        _ when type.StartsWith("List<", StringComparison.Ordinal) => $"Json.List(context, ref reader, {type.Substring(5, type.Length - 6)}Wire.Read)",
        "string" => Unmarshalled("String"),
        "bool?" => Unmarshalled("NullableBool"),
        "int?" => Unmarshalled("NullableInt"),
        "long?" => Unmarshalled("NullableLong"),
        "DateTime?" => Unmarshalled("NullableDateTime"),
        _ when surface.IsConstant(type) => Unmarshalled("String"),
        _ when surface.Find(type) is not null => $"{type}Wire.Read(context, ref reader)",
        _ => throw new NotSupportedException($"{surface.Package}: type {type} is not read from JSON"),
    };

    private static string Unmarshalled(string kind) => $"{kind}Unmarshaller.Instance.Unmarshall(context, ref reader)";
}
