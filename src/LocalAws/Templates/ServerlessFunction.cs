using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Lambda;

namespace LocalAws.Templates;

internal static class ServerlessFunction
{
    public const string Type = "AWS::Serverless::Function";
    public const string Principal = "lambda.amazonaws.com";

    private static readonly ImmutableArray<string> Runtimes = ["dotnet10", "dotnet8", "provided.al2023"];

    public static Made Make(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("FunctionName") ?? deployment.NewName(id, 64);
        var arn = deployment.Cloud.Arn("lambda", $"function:{name}");
        var vpc = properties.Group("VpcConfig") is { } config ? new VpcSettings(config.Texts("SubnetIds"), config.Texts("SecurityGroupIds")) : null;
        var roleArn = properties.OptionalText("Role") ?? deployment.SamRole(id, properties.Path);
        var role = Roles.For(deployment, roleArn, Principal, id, name, properties.At("Role"));
        if (vpc is not null)
            ServiceUses.Demand(deployment, RoleDuty.FunctionInVpc, role, properties.At("VpcConfig"));
        var function = new FunctionSettings(
            id,
            name,
            arn,
            Handler(properties),
            FunctionEnvironment.Read(properties),
            TimeSpan.FromSeconds(properties.Number("Timeout", 1, 900) ?? 3),
            properties.Number("MemorySize", 128, 10_240) ?? 128,
            Runtime(properties),
            vpc,
            role with { Caller = role.Caller with { Facts = role.Caller.Facts.With("lambda:SourceFunctionArn", arn) } })
        {
            Tags = StackTags.Of(deployment, id, "lambda:createdBy", properties),
            JsonLogLevel = JsonLogLevel(properties),
            ReservedConcurrency = ReservedConcurrency(deployment, properties),
            Async = AsyncResources.Of(deployment, properties, role),
            DeadLetterArn = AsyncResources.DeadLetterArn(deployment, properties, role),
        };
        ReadWhatChangesNothingHere(deployment, properties);
        deployment.Made.Functions[id] = function;
        FunctionEvents.Make(deployment, id, properties);
        deployment.Made.Roles[deployment.Made.Roles.First(known => known.Value.Arn == roleArn).Key] = function.Role;
        return Made.Of(name, ("Arn", arn));
    }

    /// <summary>AWS Lambda API Reference, CreateFunction.</summary>
    private static string Handler(Properties properties)
    {
        const int Longest = 128;
        var handler = properties.Text("Handler");
        return handler.Length <= Longest && !handler.Any(char.IsWhiteSpace)
            ? handler
            : throw new TemplateException(properties.At("Handler"), $"'{handler}'", $"{Longest} characters without a space");
    }

    private static string Runtime(Properties properties)
    {
        var runtime = properties.Text("Runtime");
        return Runtimes.Contains(runtime, StringComparer.Ordinal) ? runtime : throw new TemplateException(properties.At("Runtime"), runtime, string.Join(", ", Runtimes));
    }

    private static int? ReservedConcurrency(Deployment deployment, Properties properties)
    {
        const string Property = "ReservedConcurrentExecutions";
        var reserved = properties.Number(Property, 0, Concurrency.Account);
        var before = deployment.Made.Functions.Values.Concat(deployment.Cloud.Lambda.All).Sum(function => function.ReservedConcurrency ?? 0);
        return before + (reserved ?? 0) <= Concurrency.Account - Concurrency.LeastUnreserved
            ? reserved
            : throw new TemplateException(properties.At(Property), $"{reserved}, with {before} reserved for other functions", $"{Concurrency.LeastUnreserved} left unreserved of the account's {Concurrency.Account}");
    }

    private static void ReadWhatChangesNothingHere(Deployment deployment, Properties properties)
    {
        var code = properties.Text("CodeUri");
        if (!Directory.Exists(Path.Combine(deployment.Directory, code)))
            throw new TemplateException(properties.At("CodeUri"), code, $"a directory below {deployment.Directory}");
        if (properties.Texts("Architectures").FirstOrDefault(architecture => architecture is not ("arm64" or "x86_64")) is { } unknown)
            throw new TemplateException(properties.At("Architectures"), unknown, "arm64, x86_64");
        properties.Word("Tracing", "Disabled", "Active", "PassThrough");
        properties.Word("PackageType", "Zip");
        properties.OptionalText("Description");
        properties.Ignore("Policies");
        properties.Group("EphemeralStorage")?.Number("Size", 512, 10_240);
    }

    private static string? JsonLogLevel(Properties properties)
    {
        if (properties.Group("LoggingConfig") is not { } logging)
            return null;
        var format = logging.Word("LogFormat", "Text", "JSON");
        if (format is "Text" && (logging.OptionalText("ApplicationLogLevel") ?? logging.OptionalText("SystemLogLevel")) is { } set)
            throw new TemplateException(logging.Path, $"the log level {set} with LogFormat Text", "LogFormat JSON");
        var level = logging.Word("ApplicationLogLevel", "INFO", "TRACE", "DEBUG", "WARN", "ERROR", "FATAL");
        logging.Word("SystemLogLevel", "INFO", "DEBUG", "WARN");
        logging.OptionalText("LogGroup");
        return format is "JSON" ? level : null;
    }
}
