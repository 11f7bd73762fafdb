using System.Reflection;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda;
using Amazon.RDS;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleSystemsManagement;
using Amazon.StepFunctions;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>A loaded AWSSDK assembly, official or stand-in, told one line for each public type and member.</summary>
internal static class AwsAssembly
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Loaded =
    [
        typeof(AmazonEC2Client).Assembly, typeof(AmazonElasticLoadBalancingV2Client).Assembly, typeof(AmazonRDSClient).Assembly,
        typeof(AmazonSimpleNotificationServiceClient).Assembly, typeof(AmazonStepFunctionsClient).Assembly, typeof(AmazonLambdaClient).Assembly,
        typeof(AmazonResourceGroupsTaggingAPIClient).Assembly, typeof(AmazonSimpleSystemsManagementClient).Assembly, typeof(AmazonCloudWatchClient).Assembly,
    ];

    public static Assembly Load(string package) => Loaded.Single(assembly => assembly.GetName().Name == package);

    /// <summary>The official assemblies are signed with AWS's key; the stand-ins are not signed.</summary>
    public static bool IsStandIn(string package) => Load(package).GetName().GetPublicKeyToken() is not { Length: > 0 };

    public static IEnumerable<string> Lines(Type type)
    {
        var constructors = type.GetConstructors(Declared).Select(each => $"new({Parameters(each)})");
        var properties = type.GetProperties(Declared).Select(Describe);
        var methods = type.GetMethods(Declared).Where(method => !method.IsSpecialName || method.Name == "op_Implicit").Select(Describe);
        var fields = type.GetFields(Declared).Where(field => field.FieldType.IsSubclassOf(typeof(ConstantClass)))
            .Select(field => $"{field.Name} = {((ConstantClass)field.GetValue(null)!).Value}");
        return constructors.Concat(properties).Concat(methods).Concat(fields).Select(member => $"{type.FullName}: {member}").Append($"{type.FullName} is {Parents(type)}");
    }

    public static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsGenericType)
            return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return type.Name switch
        {
            "Object" => "object",
            "String" => "string",
            "Boolean" => "bool",
            "Int32" => "int",
            "Int64" => "long",
            "Double" => "double",
            var name => name,
        };
    }

    private static string Parents(Type type) => type.IsInterface
        ? string.Join(", ", type.GetInterfaces().Select(Name).Where(name => name is "IAmazonService" or "IDisposable").Order(StringComparer.Ordinal))
        : Name(type.BaseType!);

    private static string Describe(PropertyInfo property) =>
        $"{Name(property.PropertyType)} {property.Name} {{{(property.GetMethod is { IsPublic: true } ? " get;" : "")}{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}";

    private static string Describe(MethodInfo method) =>
        $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = default" : "")}"));
}
