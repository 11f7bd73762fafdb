using System;
using System.Linq;

namespace AwsSurface;

/// <summary>The ec2 and query protocols: a form goes out, XML comes back.</summary>
internal sealed class FormProtocol(Surface surface) : IProtocol
{
    public string ErrorParameters => "ErrorResponse error";

    public void WriteOperation(Code code, Operation operation)
    {
        var answer = surface.Protocol == "ec2"
            ? $"new Ec2Answer<{operation.Response}>({operation.Response}Wire.Member, Error)"
            : $"new QueryAnswer<{operation.Response}>({Code.Quoted(operation.Name + "Result")}, {operation.Response}Wire.Member, Error)";
        code.Lines(
            $"private static readonly RequestMarshaller<{operation.Request}> s_request = new RequestMarshaller<{operation.Request}>(Marshall);",
            $"private static readonly ResponseUnmarshaller s_response = {answer};");
        code.Block($"private static IRequest Marshall({operation.Request} value)", () => code.Lines(
            $"var form = new Form(value, {Code.Quoted(surface.Namespace)}, {Code.Quoted(operation.Name)}, {Code.Quoted(surface.ApiVersion)});",
            $"{operation.Request}Wire.Write(form, \"\", value);",
            "return form.Request;"));
    }

    public void WriteSent(Code code, Shape shape) =>
        code.Block($"public static void Write(Form form, string prefix, {shape.Name} value)", () =>
        {
            foreach (var member in shape.Members.Where(member => member.IsSent))
                code.Line(Sent(member));
        });

    public void WriteRead(Code code, Shape shape)
    {
        code.Line($"public static {shape.Name} Read(XmlUnmarshallerContext context) => Xml.Structure(context, new {shape.Name}(), Member);");
        code.Block($"public static void Member(XmlUnmarshallerContext context, int depth, {shape.Name} value)", () =>
        {
            var first = true;
            foreach (var member in shape.Members.Where(member => member.IsRead))
            {
                code.Line($"{(first ? "" : "else ")}if (context.TestExpression({Code.Quoted(member.WireResponse)}, depth))");
                code.Line($"    {Assigned(member)};");
                first = false;
            }
        });
    }

    public string ErrorWithMembers(Shape shape, string made) =>
        throw new NotSupportedException($"{surface.Package}: error members are read from JSON only ({shape.Name})");

    private string Sent(Member member)
    {
        var value = $"value.{member.Name}";
        if (member.IsMap)
        {
            var entry = Cut(member.Wire.Split('+')[0].Trim(), ".N.");
            return $"form.PutMap({Prefixed(Cut(entry, "."))}, {Prefixed(entry)}, {value}, {member.Element}Wire.Write);";
        }
        if (member.IsList)
        {
            var item = Cut(member.Wire, ".N");
            var writer = member.Element == "string" ? "" : $", {member.Element}Wire.Write";
            return $"form.PutList({Prefixed(Cut(item, "."))}, {Prefixed(item)}, {value}{writer});";
        }
        return surface.Find(member.Type)?.Kind == ShapeKind.Class
            ? $"form.Put({Prefixed(member.Wire)}, {value}, {member.Type}Wire.Write);"
            : $"form.Put({Prefixed(member.Wire)}, {value});";
    }

    private string Assigned(Member member)
    {
        var one = Text(member.Element) ?? $"{member.Element}Wire.Read(context)";
        return member.IsMap ? throw new NotSupportedException($"{surface.Package}: no map is read from XML ({member.Name})")
            : member.IsList ? $"(value.{member.Name} ??= new {member.Type}()).Add({one})"
            : $"value.{member.Name} = {one}";
    }

    private string? Text(string type) => type switch
    {
        "bool?" => "NullableBoolUnmarshaller.Instance.Unmarshall(context)",
        "int?" => "NullableIntUnmarshaller.Instance.Unmarshall(context)",
        "long?" => "NullableLongUnmarshaller.Instance.Unmarshall(context)",
        "DateTime?" => "NullableDateTimeUnmarshaller.Instance.Unmarshall(context)",
        "DateTime" => "DateTimeUnmarshaller.Instance.Unmarshall(context)",
        "double" => "DoubleUnmarshaller.Instance.Unmarshall(context)",
        "string" => "StringUnmarshaller.Instance.Unmarshall(context)",
        _ when surface.IsConstant(type) => "StringUnmarshaller.Instance.Unmarshall(context)",
        _ when surface.Find(type) is not null => null,
        _ => throw new NotSupportedException($"{surface.Package}: type {type} is not read from XML"),
    };

    private static string Prefixed(string name) => $"prefix + {Code.Quoted(name)}";

    private static string Cut(string text, string from)
    {
        var at = text.IndexOf(from, StringComparison.Ordinal);
        return at < 0 ? text : text.Substring(0, at);
    }
}
