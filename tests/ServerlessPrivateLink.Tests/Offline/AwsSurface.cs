using System.Text.Json;

namespace ServerlessPrivateLink.Tests.Offline;

/// <summary>A surface file, told one line for each type and public member in the words of <see cref="AwsAssembly"/>.</summary>
internal static class AwsSurface
{
    public static readonly string[] Packages =
    [
        "AWSSDK.EC2", "AWSSDK.ElasticLoadBalancingV2", "AWSSDK.RDS", "AWSSDK.SimpleNotificationService", "AWSSDK.StepFunctions", "AWSSDK.Lambda",
        "AWSSDK.ResourceGroupsTaggingAPI", "AWSSDK.SimpleSystemsManagement", "AWSSDK.CloudWatch",
    ];

    private static readonly JsonElement Recorded = Read("aws-surface.json");
    private static readonly JsonElement InUse = Read("used-aws-surface.json");

    private static readonly string[] Constructors = Texts(Record("_about").GetProperty("everyClient"), "constructors");
    private static readonly string[] ExceptionConstructors = Texts(Record("_about").GetProperty("everyException"), "constructors");

    /// <summary>Everything known of the official package.</summary>
    public static JsonElement Record(string package) => Recorded.GetProperty(package);

    /// <summary>What this project uses of it, and what the stand-in is made from.</summary>
    public static JsonElement Used(string package) => InUse.GetProperty(package);

    public static IEnumerable<string> Lines(JsonElement service) =>
        service.GetProperty("shapes").EnumerateObject().SelectMany(shape => Shape(service, shape.Name, shape.Value)).Concat(Client(service));

    public static string[] Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    public static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static string FullName(JsonElement service, string shape)
    {
        var ofService = shape == Text(service, "exception") || shape == RequestBase(service)
            || Text(service.GetProperty("shapes").GetProperty(shape), "kind") == "enum(ConstantClass)";
        return $"{Text(service, ofService ? "namespace" : "modelNamespace")}.{shape}";
    }

    private static string RequestBase(JsonElement service) => Text(service, "client")[..^"Client".Length] + "Request";

    private static IEnumerable<string> Shape(JsonElement service, string name, JsonElement shape)
    {
        var type = FullName(service, name);
        var members = shape.GetProperty("members").EnumerateObject();
        return Text(shape, "kind") switch
        {
            "class" => [Parent(type, shape), .. members.Select(Property(type)), .. ConstructorsOf(shape).Select(all => $"{type}: new({all})")],
            "exception" => [Parent(type, shape), .. members.Select(Property(type)), .. ExceptionConstructors.Select(all => $"{type}: new{all}")],
            _ =>
            [
                $"{type} is ConstantClass",
                $"{type}: new(string value)",
                $"{type}: static {name} FindValue(string value)",
                $"{type}: static {name} op_Implicit(string value)",
                .. members.Select(member => $"{type}: {member.Name} = {Text(member.Value, "wire")}"),
            ],
        };
    }

    private static string Parent(string type, JsonElement shape) =>
        $"{type} is {(shape.TryGetProperty("base", out var parent) ? parent.GetString() : "object")}";

    private static Func<JsonProperty, string> Property(string type) =>
        member => $"{type}: {Text(member.Value, "type")} {member.Name} {{ get; set; }}";

    private static IEnumerable<string> ConstructorsOf(JsonElement shape) => shape.TryGetProperty("constructors", out var all)
        ? all.EnumerateArray().Select(each => string.Join(", ", each.EnumerateArray().Select(parameter => parameter.GetString())))
        : [string.Empty];

    private static IEnumerable<string> Client(JsonElement service)
    {
        var (space, client, config) = (Text(service, "namespace"), Text(service, "client"), Text(service, "config"));
        var methods = service.GetProperty("operations").EnumerateObject().SelectMany(operation => Methods(operation.Name, operation.Value)).ToList();
        return
        [
            $"{space}.{client} is AmazonServiceClient",
            .. Constructors.Select(all => $"{space}.{client}: new{all.Replace("XConfig", config, StringComparison.Ordinal)}"),
            .. methods.Append("Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request)")
                .SelectMany(method => new[] { $"{space}.{client}: {method}", $"{space}.{Text(service, "interface")}: {method}" }),
            $"{space}.{Text(service, "interface")} is IAmazonService, IDisposable",
        ];
    }

    private static IEnumerable<string> Methods(string name, JsonElement operation) =>
        Texts(operation, "overloads")
            .Append($"Task<{Text(operation, "response")}> {name}Async({Text(operation, "request")} request, CancellationToken cancellationToken = default)");

    private static JsonElement Read(string name)
    {
        using var stream = typeof(AwsSurface).Assembly.GetManifestResourceStream(name)!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
