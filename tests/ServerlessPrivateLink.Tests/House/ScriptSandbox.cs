using System.Globalization;
using System.Runtime.Versioning;

namespace ServerlessPrivateLink.Tests.House;

/// <summary>The script privatelink in a copy of the repository that holds little more, with a stand-in for .NET that writes down how it was called.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ScriptSandbox : IDisposable
{
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        echo "$*" >>"$FAKE_LOG"
        case $1 in
          --version) echo 10.0.100 ;;
          restore) echo "${FAKE_RESTORE:-}"; [ -z "${FAKE_RESTORE:-}" ] ;;
          build)
            [ -z "${FAKE_BUILD:-}" ] || { echo "$FAKE_BUILD"; exit 1; }
            mkdir -p src/ServerlessPrivateLink.Cli/bin/Debug/net10.0
            touch src/ServerlessPrivateLink.Cli/bin/Debug/net10.0/privatelink.dll
            ;;
          test)
            while [ "$1" != --results-directory ]; do shift; done
            mkdir -p "$2"
            [ -z "${FAKE_COUNTERS:-}" ] || printf '<TestRun><Counters %s /></TestRun>' "$FAKE_COUNTERS" >"$2/a b.trx"
            [ -z "${FAKE_MORE_COUNTERS:-}" ] || printf '<TestRun><Counters %s /></TestRun>' "$FAKE_MORE_COUNTERS" >"$2/c.trx"
            exit "${FAKE_EXIT:-0}"
            ;;
          *) shift; echo "in $PWD"; printf '<%s>' "$@"; exit "${FAKE_EXIT:-0}" ;;
        esac
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("private link ");
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    public ScriptSandbox()
    {
        Directory.CreateDirectory(At("src/ServerlessPrivateLink.Cli"));
        Directory.CreateDirectory(At("tools"));
        Directory.CreateDirectory(At("elsewhere"));
        File.Copy(Repository.At("privatelink"), At("privatelink"));
        Write("src/Program.cs", "as it was");
        Write("tools/dotnet", FakeDotnet);
        Write("tools/npm", "#!/usr/bin/env bash\nexit 1\n");
        foreach (var tool in new[] { "tools/dotnet", "tools/npm" })
        {
            File.SetUnixFileMode(At(tool), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Set("PATH", $"{At("tools")}:{Environment.GetEnvironmentVariable("PATH")}");
        Set("FAKE_LOG", At("calls.log"));
        Set("HOME", At("elsewhere"));
        Set("AwsPackages", string.Empty);
    }

    public string? Choice => File.Exists(At("aws-packages.props")) ? File.ReadAllText(At("aws-packages.props")) : null;

    public string At(string relative) => Path.Combine(folder.FullName, relative);

    public void Set(string name, string value) => environment[name] = value;

    public void Write(string file, string text) => File.WriteAllText(At(file), text);

    /// <summary>Makes a file newer than everything so far, whatever the resolution of the file system's clock.</summary>
    public void MakeNewer(string file) => File.SetLastWriteTimeUtc(At(file), DateTime.Parse("2100-01-01", CultureInfo.InvariantCulture));

    public int Calls(string start) => File.Exists(At("calls.log"))
        ? File.ReadLines(At("calls.log")).Count(call => call.StartsWith(start, StringComparison.Ordinal))
        : 0;

    public Task<Ran> Run(params string[] arguments) => Command.Run("bash", [At("privatelink"), .. arguments], At("elsewhere"), environment);

    public void Dispose() => folder.Delete(recursive: true);
}
