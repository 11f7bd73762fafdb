using System.Reflection;
using System.Text.Json;
using Amazon.SecurityToken;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class AwsSurfaceTests
{
    private static readonly string[] ServiceFacts = ["protocol", "apiVersion", "signingName", "serviceId", "xmlNamespace"];
    private static readonly string[] WireFacts = ["wire", "wireResponse", "requestOnly", "responseOnly", "handWritten"];

    public static TheoryData<string> Packages => new(AwsSurface.Packages);

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_member_that_we_use_is_in_the_loaded_assembly(string package)
    {
        var loaded = AwsAssembly.Load(package).GetExportedTypes().SelectMany(AwsAssembly.Lines);

        Assert.Empty(AwsSurface.Lines(AwsSurface.Used(package)).Except(loaded));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_member_that_we_use_is_in_the_record(string package) =>
        Assert.Empty(AwsSurface.Lines(AwsSurface.Used(package)).Except(AwsSurface.Lines(AwsSurface.Record(package))));

    [SkippableTheory]
    [MemberData(nameof(Packages))]
    public void A_stand_in_has_no_type_or_member_that_the_record_lacks(string package)
    {
        SkipOfficial(package);
        var config = AwsSurface.Text(AwsSurface.Record(package), "config");
        var types = AwsAssembly.Load(package).GetExportedTypes().Where(type => type.Name != config);

        Assert.Empty(types.SelectMany(AwsAssembly.Lines).Except(AwsSurface.Lines(AwsSurface.Record(package))));
    }

    [SkippableTheory]
    [MemberData(nameof(Packages))]
    public void The_configuration_of_a_stand_in_has_only_members_of_an_official_one(string package)
    {
        SkipOfficial(package);
        var config = AwsAssembly.Load(package).GetExportedTypes().Single(type => type.Name == AwsSurface.Text(AwsSurface.Record(package), "config"));

        Assert.Empty(Members(config).Except(Members(typeof(AmazonSecurityTokenServiceConfig))));
    }

    [SkippableTheory]
    [MemberData(nameof(Packages))]
    public void The_client_of_a_stand_in_has_the_overridable_members_of_an_official_one(string package)
    {
        SkipOfficial(package);
        var client = AwsAssembly.Load(package).GetExportedTypes().Single(type => type.Name == AwsSurface.Text(AwsSurface.Record(package), "client"));

        Assert.All(client.GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal)), method => Assert.True(method is { IsVirtual: true, IsFinal: false }));
        Assert.Empty(Protected(client).Except(Protected(typeof(AmazonSecurityTokenServiceClient))));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void No_loaded_assembly_says_anything_about_null(string package)
    {
        var types = AwsAssembly.Load(package).GetExportedTypes();
        var marks = types.Concat(types.SelectMany(type => type.GetMembers()).Where(member => member.Module.Assembly == AwsAssembly.Load(package)))
            .SelectMany(member => member.GetCustomAttributesData())
            .Select(mark => mark.AttributeType.Name);

        Assert.DoesNotContain(marks, mark => mark is "NullableAttribute" or "NullableContextAttribute");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void What_we_use_travels_and_fails_as_the_record_says(string package)
    {
        var (used, record) = (AwsSurface.Used(package), AwsSurface.Record(package));

        Assert.Empty(Facts(used).Except(Facts(record)));
    }

    [Fact]
    public void An_official_package_fits_a_record_made_by_the_same_rules()
    {
        var record = JsonDocument.Parse(
            """
            {
              "namespace": "Amazon.SecurityToken", "modelNamespace": "Amazon.SecurityToken.Model", "client": "AmazonSecurityTokenServiceClient",
              "interface": "IAmazonSecurityTokenService", "config": "AmazonSecurityTokenServiceConfig", "exception": "AmazonSecurityTokenServiceException",
              "operations": {
                "GetSessionToken": {
                  "request": "GetSessionTokenRequest", "response": "GetSessionTokenResponse",
                  "overloads": ["Task<GetSessionTokenResponse> GetSessionTokenAsync(CancellationToken cancellationToken = default)"]
                }
              },
              "shapes": {
                "AmazonSecurityTokenServiceRequest": { "kind": "class", "base": "AmazonWebServiceRequest", "members": {} },
                "GetSessionTokenRequest": { "kind": "class", "base": "AmazonSecurityTokenServiceRequest", "members": { "DurationSeconds": { "type": "int?" } } },
                "GetSessionTokenResponse": { "kind": "class", "base": "AmazonWebServiceResponse", "members": { "Credentials": { "type": "Credentials" } } },
                "AssumeRoleRequest": { "kind": "class", "base": "AmazonSecurityTokenServiceRequest", "members": { "Tags": { "type": "List<Tag>" } } },
                "AmazonSecurityTokenServiceException": { "kind": "exception", "base": "AmazonServiceException", "members": {} },
                "RegionDisabledException": { "kind": "exception", "base": "AmazonSecurityTokenServiceException", "members": {} }
              }
            }
            """).RootElement;
        var loaded = typeof(AmazonSecurityTokenServiceClient).Assembly.GetExportedTypes().SelectMany(AwsAssembly.Lines);

        Assert.Empty(AwsSurface.Lines(record).Except(loaded));
    }

    private static void SkipOfficial(string package) => Skip.IfNot(AwsAssembly.IsStandIn(package), "the official package is loaded");

    private static IEnumerable<string> Members(Type type) => AwsAssembly.Lines(type).Select(line => line[type.FullName!.Length..]);

    private static IEnumerable<string> Protected(Type type) =>
        type.GetMembers(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is MethodBase { IsFamily: true })
            .Select(member => member.ToString()!);

    /// <summary>What reflection does not show: wire names, error codes and which errors an operation raises.</summary>
    private static IEnumerable<string> Facts(JsonElement service)
    {
        foreach (var name in ServiceFacts.Where(name => service.TryGetProperty(name, out _)))
            yield return $"{name} {AwsSurface.Text(service, name)}";
        foreach (var operation in service.GetProperty("operations").EnumerateObject())
        {
            yield return $"{operation.Name} goes by {AwsSurface.Text(operation.Value, "inputWire")}";
            foreach (var error in AwsSurface.Texts(operation.Value, "errors"))
                yield return $"{operation.Name} raises {error}";
        }
        foreach (var shape in service.GetProperty("shapes").EnumerateObject())
        {
            if (shape.Value.TryGetProperty("errorCode", out var code))
                yield return $"{shape.Name} is {code}";
            foreach (var member in shape.Value.GetProperty("members").EnumerateObject())
                yield return $"{shape.Name}.{member.Name} is {string.Join(", ", Wire(member.Value))}";
        }
    }

    private static IEnumerable<string> Wire(JsonElement member) =>
        WireFacts.Where(name => member.TryGetProperty(name, out _)).Select(name => $"{name} {member.GetProperty(name)}");
}
