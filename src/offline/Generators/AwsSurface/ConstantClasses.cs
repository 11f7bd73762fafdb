namespace AwsSurface;

/// <summary>The enumerations: constant classes whose declared objects are found again by any casing.</summary>
internal static class ConstantClasses
{
    public static Code Write(Surface surface)
    {
        var code = new Code().Lines("using Amazon.Runtime;", "", $"namespace {surface.Namespace};");
        foreach (var shape in surface.Of(ShapeKind.Constant))
        {
            code.Line();
            code.Block($"public class {shape.Name} : ConstantClass", () =>
            {
                foreach (var member in shape.Members)
                    code.Line($"public static readonly {shape.Name} {member.Name} = new {shape.Name}({Code.Quoted(member.Wire)});");
                code.Lines(
                    $"public {shape.Name}(string value) : base(value) {{ }}",
                    $"public static {shape.Name} FindValue(string value) => FindValue<{shape.Name}>(value);",
                    $"public static implicit operator {shape.Name}(string value) => FindValue(value);");
            });
        }
        return code;
    }
}
