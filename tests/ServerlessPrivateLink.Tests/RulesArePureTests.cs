using System.Reflection;
using Xunit;

namespace ServerlessPrivateLink.Tests;

/// <summary>A rule is called plainly, so no type in its signatures and fields may lead outside.</summary>
public sealed class RulesArePureTests
{
    private static readonly string[] Outside = ["Amazon", "Microsoft.Extensions", "System.Net.Http"];

    public static TheoryData<string> Rules => [.. typeof(Startup).Assembly.GetTypes().Where(IsRule).Select(static type => type.FullName!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_knows_no_client_no_log_no_clock_and_does_not_wait(string name)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var type = typeof(Startup).Assembly.GetType(name)!;
        var known = type.GetMethods(all).SelectMany(static method => method.GetParameters().Select(static parameter => parameter.ParameterType).Append(method.ReturnType))
            .Concat(type.GetConstructors(all).SelectMany(static constructor => constructor.GetParameters().Select(static parameter => parameter.ParameterType)))
            .Concat(type.GetFields(all).Select(static field => field.FieldType))
            .SelectMany(Parts)
            .Distinct();

        Assert.All(known, static part =>
        {
            Assert.DoesNotContain(Outside, prefix => part.Namespace?.StartsWith(prefix, StringComparison.Ordinal) == true);
            Assert.False(part == typeof(TimeProvider) || part == typeof(CancellationToken) || typeof(Task).IsAssignableFrom(part), part.FullName);
        });
    }

    [Fact]
    public void There_are_rules_to_look_at() => Assert.True(Rules.Count > 20);

    // Everything in the rooms that is no Lambda function and no part of one is a rule or a record.
    private static bool IsRule(Type type) =>
        type.Namespace is "ServerlessPrivateLink.Provisioning" or "ServerlessPrivateLink.Provisioning.Planning" or "ServerlessPrivateLink.Links" or "ServerlessPrivateLink.Probing"
        && !type.IsNested
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && !type.Name.EndsWith("_Generated", StringComparison.Ordinal)
        && type.GetMethod("Handle") is null
        && !type.GetConstructors().SelectMany(static constructor => constructor.GetParameters()).Any(static parameter => parameter.ParameterType.Namespace?.StartsWith("Amazon", StringComparison.Ordinal) == true);

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
}
