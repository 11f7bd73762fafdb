using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>The errors of the official generator, by its own ids, and one for what this stand-in does not imitate.</summary>
internal static class Refusals
{
    public static readonly DiagnosticDescriptor GeneratorFailed = Error(
        "AWSLambda0001", "The generator failed", "This is a bug in the way the function is declared: {0}");

    public static readonly DiagnosticDescriptor SeveralStartups = Error(
        "AWSLambda0101", "More than one LambdaStartup class", "An assembly may have one class with [LambdaStartup]; {0} is another one");

    public static readonly DiagnosticDescriptor ResourceName = Error(
        "AWSLambda0106", "Invalid CloudFormation resource name", "The ResourceName \"{0}\" of {1} may hold letters and digits only");

    public static readonly DiagnosticDescriptor SerializerMissing = Error(
        "AWSLambda0108", "LambdaSerializer is missing", "Neither {0} nor its assembly names a serializer with [LambdaSerializer]");

    public static readonly DiagnosticDescriptor HandlerTooLong = Error(
        "AWSLambda0118", "Handler string is too long", "The handler string \"{0}\" has {1} characters; at most 127 are allowed");

    public static readonly DiagnosticDescriptor TwoConfigureMethods = Error(
        "AWSLambda0119", "ConfigureServices and ConfigureHostBuilder", "{0} has both ConfigureServices and ConfigureHostBuilder; keep one");

    public static readonly DiagnosticDescriptor NotImitated = Error(
        "OFFLINE0001", "Not imitated offline", "{0} works with the official Amazon.Lambda.Annotations only, the offline stand-in does not imitate it");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "AWSLambda", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
