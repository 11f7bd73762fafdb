using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LocalAws.Lambda.Processes;

/// <summary>How the process of an execution environment is started. It has to serve the Runtime API at <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">Where the function's code is: its <c>LAMBDA_TASK_ROOT</c>.</param>
/// <param name="Variables">What this program needs in its environment beside what the Lambda service sets.</param>
public sealed record FunctionCommand(string Program, ImmutableArray<string> Arguments, string Folder, ImmutableDictionary<string, string> Variables)
{
    /// <summary>A program that needs nothing of its own in the environment.</summary>
    public FunctionCommand(string program, ImmutableArray<string> arguments, string folder)
        : this(program, arguments, folder, ImmutableDictionary<string, string>.Empty)
    {
    }

    /// <summary>The .NET that this process runs on.</summary>
    public static string DotNet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>
    /// A .NET class library as the managed runtime starts it: a host on the library's own dependencies
    /// (github.com/aws/aws-lambda-dotnet, RuntimeSupport, bootstrap.sh).
    /// </summary>
    /// <param name="host">The host, which takes the handler string as its argument.</param>
    /// <param name="folder">The library's build output.</param>
    /// <param name="handler"><c>Assembly::Namespace.Type::Method</c>.</param>
    public static FunctionCommand DotNetLibrary(string host, string folder, string handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var library = Path.Combine(folder, handler.Split("::")[0]);
        return new(
            DotNet,
            ["exec", "--depsfile", $"{library}.deps.json", "--runtimeconfig", $"{library}.runtimeconfig.json", host, handler],
            folder,
            // A process that is killed would leave its diagnostic socket in the directory for temporary files; and most live too briefly
            // for code to be made better by a profile.
            ImmutableDictionary<string, string>.Empty.Add("DOTNET_EnableDiagnostics", "0").Add("DOTNET_TieredPGO", "0"));
    }
}
