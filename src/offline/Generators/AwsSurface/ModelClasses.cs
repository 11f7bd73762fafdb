using System.Linq;

namespace AwsSurface;

/// <summary>Requests, responses and the classes inside them.</summary>
internal static class ModelClasses
{
    public static Code Write(Surface surface)
    {
        var code = new Code().Lines("using System;", "using System.Collections.Generic;", "using System.IO;", "using Amazon;", "using Amazon.Runtime;", "");
        var requestBase = $"{surface.Client.Substring(0, surface.Client.Length - "Client".Length)}Request";
        code.Block($"namespace {surface.Namespace}", () =>
            code.Line($"public partial class {requestBase} : AmazonWebServiceRequest {{ }}"));
        code.Block($"namespace {surface.Model}", () =>
        {
            foreach (var shape in surface.Of(ShapeKind.Class).Where(shape => shape.Name != requestBase))
                WriteClass(code, shape);
        });
        return code;
    }

    private static void WriteClass(Code code, Shape shape) =>
        code.Block($"public partial class {shape.Name}{(shape.Base is null ? "" : " : " + shape.Base)}", () =>
        {
            foreach (var parameters in shape.Constructors)
                WriteConstructor(code, shape, parameters);
            foreach (var member in shape.Members.Where(member => !member.HandWritten))
                code.Line($"public {member.Type} {member.Name} {{ get; set; }}{(member.IsCollection ? $" = AWSConfigs.InitializeCollections ? new {member.Type}() : null;" : "")}");
        });

    private static void WriteConstructor(Code code, Shape shape, string[] parameters) =>
        code.Block($"public {shape.Name}({string.Join(", ", parameters)})", () =>
        {
            foreach (var parameter in parameters.Select(each => each.Substring(each.LastIndexOf(' ') + 1)))
                code.Line($"{char.ToUpperInvariant(parameter[0])}{parameter.Substring(1)} = {parameter};");
        });
}
