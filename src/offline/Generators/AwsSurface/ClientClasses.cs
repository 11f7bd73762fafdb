using System.Linq;

namespace AwsSurface;

/// <summary>Interface, configuration and client of the service.</summary>
internal static class ClientClasses
{
    private const string Token = "CancellationToken cancellationToken = default(CancellationToken)";
    private const string Keys = "string awsAccessKeyId, string awsSecretAccessKey";

    public static Code Write(Surface surface)
    {
        var code = new Code().Lines(
            "using System;", "using System.Threading;", "using System.Threading.Tasks;", "using Amazon;", "using Amazon.Offline;", "using Amazon.Runtime;",
            "using Amazon.Runtime.Endpoints;", "using Amazon.Runtime.Internal;", $"using {surface.Model};", $"using {surface.Model}.Internal;",
            "using Endpoint = Amazon.Runtime.Endpoints.Endpoint;", "", $"namespace {surface.Namespace};", "");
        WriteInterface(code, surface);
        WriteConfig(code, surface);
        WriteClient(code, surface);
        return code;
    }

    private static void WriteInterface(Code code, Surface surface) =>
        code.Block($"public partial interface {surface.Interface} : IAmazonService, IDisposable", () =>
        {
            foreach (var operation in surface.Operations)
            {
                foreach (var overload in operation.Overloads)
                    code.Line($"Task<{operation.Response}> {operation.Name}Async({Arguments(overload)});");
                code.Line($"Task<{operation.Response}> {operation.Name}Async({operation.Request} request, {Token});");
            }
            code.Line("Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);");
            code.Line($"static ClientConfig IAmazonService.CreateDefaultClientConfig() => new {surface.Config}();");
            code.Block("static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)", () => code.Lines(
                $"var config = clientConfig as {surface.Config} ?? throw new AmazonClientException(\"ClientConfig is not of type {surface.Config} to create {surface.Client}\");",
                $"return awsCredentials is null ? new {surface.Client}(config) : new {surface.Client}(awsCredentials, config);"));
        });

    private static void WriteConfig(Code code, Surface surface) =>
        code.Block($"public partial class {surface.Config} : ClientConfig", () =>
        {
            var plainFips = string.Join(", ", surface.PlainFipsRegions.Select(Code.Quoted));
            code.Line($"private static readonly ServiceEndpoints s_endpoints = new ServiceEndpoints({Code.Quoted(surface.SigningName)}, new string[] {{ {plainFips} }});");
            code.Line($"private static readonly string s_userAgent = Amazon.Util.Internal.InternalSDKUtils.BuildUserAgentString({Code.Quoted(surface.ServiceId)}, \"4.0-offline\");");
            code.Block($"public {surface.Config}() : base(ClientDefaults.Modes())", () => code.Lines(
                $"base.ServiceId = {Code.Quoted(surface.ServiceId)};",
                $"AuthenticationServiceName = {Code.Quoted(surface.SigningName)};",
                "EndpointProvider = s_endpoints;"));
            code.Lines(
                $"public override string RegionEndpointServiceName => {Code.Quoted(surface.SigningName)};",
                $"public override string ServiceVersion => {Code.Quoted(surface.ApiVersion)};",
                "public override string UserAgent => s_userAgent;",
                "public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => EndpointHandler.Determine(this, parameters);");
        });

    private static void WriteClient(Code code, Surface surface) =>
        code.Block($"public partial class {surface.Client} : AmazonServiceClient, {surface.Interface}", () =>
        {
            code.Line($"private static readonly IServiceMetadata s_metadata = new ServiceMetadata({Code.Quoted(surface.ServiceId)});");
            WriteConstructors(code, surface.Client, surface.Config);
            code.Line("protected override IServiceMetadata ServiceMetadata => s_metadata;");
            code.Block("protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)", () =>
            {
                code.Line("ClientPipeline.Customize(pipeline);");
                if (surface.ThrottlingCodes.Count > 0)
                    code.Line($"ClientPipeline.AddThrottlingCodes(pipeline, Config, {string.Join(", ", surface.ThrottlingCodes.Select(Code.Quoted))});");
            });
            foreach (var operation in surface.Operations)
                WriteOperation(code, operation);
            code.Line("public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) => Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));");
        });

    private static void WriteConstructors(Code code, string client, string config) => code.Lines(
        $"public {client}() : base(new {config}()) {{ }}",
        $"public {client}(RegionEndpoint region) : base(new {config} {{ RegionEndpoint = region }}) {{ }}",
        $"public {client}({config} config) : base(config) {{ }}",
        $"public {client}(AWSCredentials credentials) : this(credentials, new {config}()) {{ }}",
        $"public {client}(AWSCredentials credentials, RegionEndpoint region) : this(credentials, new {config} {{ RegionEndpoint = region }}) {{ }}",
        $"public {client}(AWSCredentials credentials, {config} clientConfig) : base(credentials, clientConfig) {{ }}",
        $"public {client}({Keys}) : this(awsAccessKeyId, awsSecretAccessKey, new {config}()) {{ }}",
        $"public {client}({Keys}, RegionEndpoint region) : this(awsAccessKeyId, awsSecretAccessKey, new {config} {{ RegionEndpoint = region }}) {{ }}",
        $"public {client}({Keys}, {config} clientConfig) : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) {{ }}",
        $"public {client}({Keys}, string awsSessionToken) : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new {config}()) {{ }}",
        $"public {client}({Keys}, string awsSessionToken, RegionEndpoint region) : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new {config} {{ RegionEndpoint = region }}) {{ }}",
        $"public {client}({Keys}, string awsSessionToken, {config} clientConfig) : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig) {{ }}");

    private static void WriteOperation(Code code, Operation operation)
    {
        foreach (var overload in operation.Overloads)
        {
            var names = Arguments(overload).Split(',').Select(part => part.Split('=')[0].Trim()).Select(part => part.Substring(part.LastIndexOf(' ') + 1))
                .Where(name => name != "cancellationToken").Select(name => $"{char.ToUpperInvariant(name[0])}{name.Substring(1)} = {name}");
            code.Line($"public virtual Task<{operation.Response}> {operation.Name}Async({Arguments(overload)}) => "
                + $"{operation.Name}Async(new {operation.Request} {{ {string.Join(", ", names)} }}, cancellationToken);");
        }
        code.Line($"public virtual Task<{operation.Response}> {operation.Name}Async({operation.Request} request, {Token}) => "
            + $"InvokeAsync<{operation.Response}>(request, {operation.Name}Operation.Options, cancellationToken);");
    }

    private static string Arguments(string method)
    {
        var start = method.IndexOf('(') + 1;
        return method.Substring(start, method.LastIndexOf(')') - start);
    }
}
