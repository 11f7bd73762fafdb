using System.Reflection;
using System.Text.Json;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.TestUtilities;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class LambdaSurfaceTests
{
    private static readonly Assembly[] Loaded =
    [
        typeof(ILambdaContext).Assembly, typeof(LambdaFunctionAttribute).Assembly,
        typeof(DefaultLambdaJsonSerializer).Assembly, typeof(TestLambdaContext).Assembly,
    ];

    private static readonly JsonElement Record = Read().GetProperty("assemblies");

    public static TheoryData<string> Names => new(Loaded.Select(assembly => assembly.GetName().Name!));

    [Fact]
    public void The_record_and_the_loaded_assemblies_are_the_same_four() =>
        Assert.Equal(Record.EnumerateObject().Select(assembly => assembly.Name), Loaded.Select(assembly => assembly.GetName().Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recorded_member_is_in_the_loaded_assembly(string name)
    {
        var loaded = Surface(Load(name));

        Assert.Empty(Recorded(name).Except(loaded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stand_in_has_no_member_that_the_record_lacks(string name)
    {
        if (IsOfficial(name))
        {
            return;
        }

        Assert.Empty(Surface(Load(name)).Except(Recorded(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_loaded_assembly_says_anything_about_null(string name)
    {
        var types = Load(name).GetExportedTypes();
        var marks = types.Concat(types.SelectMany(type => type.GetMembers()).Where(member => member.Module.Assembly == Load(name)))
            .SelectMany(member => member.GetCustomAttributesData())
            .Select(mark => mark.AttributeType.Name);

        Assert.DoesNotContain(marks, mark => mark is "NullableAttribute" or "NullableContextAttribute");
    }

    private static Assembly Load(string name) => Loaded.Single(assembly => assembly.GetName().Name == name);

    // The official assemblies are signed with AWS's key; the stand-ins are not signed.
    private static bool IsOfficial(string name) => Load(name).GetName().GetPublicKeyToken() is { Length: > 0 };

    private static List<string> Recorded(string assembly) =>
    [
        .. Record.GetProperty(assembly).EnumerateObject().SelectMany(type =>
            Lines($"{assembly}.{type.Name}", type.Value.GetProperty("is").GetString()!,
                type.Value.TryGetProperty("usage", out var usage) ? usage.GetString() : null,
                type.Value.GetProperty("members").EnumerateArray().Select(member => member.GetString()!))),
    ];

    private static List<string> Surface(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes().SelectMany(type =>
            Lines($"{type.Namespace}.{LambdaSurface.Name(type)}", LambdaSurface.Kind(type), LambdaSurface.Usage(type), LambdaSurface.Members(type))),
    ];

    private static IEnumerable<string> Lines(string type, string kind, string? usage, IEnumerable<string> members) =>
        members.Select(member => $"{type}: {member}").Prepend($"{type} is {kind}, used on {usage ?? "nothing"}");

    private static JsonElement Read()
    {
        using var stream = typeof(LambdaSurfaceTests).Assembly.GetManifestResourceStream("lambda-surface.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
