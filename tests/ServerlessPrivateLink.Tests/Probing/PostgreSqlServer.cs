using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ServerlessPrivateLink.Tests.Probing;

/// <summary>A throw-away cluster of a real PostgreSQL, from the binaries that Debian's package <c>postgresql</c> brings.</summary>
internal sealed class PostgreSqlServer : IDisposable
{
    private const string Installed = "/usr/lib/postgresql";

    // PostgreSQL refuses to run as root; Debian's package makes this user.
    private const string Owner = "postgres";

    private readonly string binaries;
    private readonly string data;

    private PostgreSqlServer(string binaries, string data, int port) => (this.binaries, this.data, Port) = (binaries, data, port);

    public int Port { get; }

    /// <summary>Starts one, or skips the test that asks.</summary>
    public static PostgreSqlServer StartOrSkip(bool tls)
    {
        var found = Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed).Select(static version => Path.Combine(version, "bin")).Where(static bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        Skip.If(found is null, "This test needs PostgreSQL's server, Debian's package postgresql.");
        Skip.If(tls && !File.Exists("/usr/bin/openssl"), "This test needs openssl, for the server's certificate.");
        Skip.If(Environment.UserName == "root" && !CanBecomeOwner(), "PostgreSQL does not run as root, and there is no user postgres to become.");
        return Start(found!, tls);
    }

    public void Dispose()
    {
        Run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
        Directory.Delete(data, recursive: true);
    }

    private static PostgreSqlServer Start(string found, bool tls)
    {
        var server = new PostgreSqlServer(found, Directory.CreateTempSubdirectory("probe-pg-").FullName, FreePort());
        if (Environment.UserName == "root") Execute("chown", Owner, server.data);
        server.Run("initdb", "-D", server.data, "-U", "probe", "--auth=trust", "--no-sync");
        if (tls)
        {
            var (key, certificate) = (Path.Combine(server.data, "server.key"), Path.Combine(server.data, "server.crt"));
            Execute("openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate);
            Execute("chmod", "600", key);
            if (Environment.UserName == "root") Execute("chown", Owner, key, certificate);
        }

        var options = FormattableString.Invariant($"-p {server.Port} -h 127.0.0.1 -k {server.data} -c ssl={(tls ? "on" : "off")} -c fsync=off");
        server.Run("pg_ctl", "-D", server.data, "-l", Path.Combine(server.data, "log"), "-o", options, "-w", "start");
        return server;
    }

    private static bool CanBecomeOwner() => File.Exists("/sbin/runuser") || File.Exists("/usr/sbin/runuser");

    private void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(binaries, program);
        if (Environment.UserName == "root") Execute("runuser", ["-u", Owner, "--", path, .. arguments]);
        else Execute(path, arguments);
    }

    private static void Execute(string program, params string[] arguments)
    {
        // Not redirected: the server would inherit the pipe, and its end would never come.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { WorkingDirectory = "/" })!;
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"{program} does not end");
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
