using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace LocalAws.Tests.Moto;

/// <summary>
/// Another maker's imitation of AWS (github.com/getmoto/moto), where it is on the PATH: one process per test class, on a port
/// that the system chooses. Tests that need it are skipped by name where there is none.
/// </summary>
public sealed class MotoServer : IDisposable
{
    private const string Running = "Running on ";

    private static readonly bool Installed = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "moto_server")));

    private readonly Process? process;
    private readonly HttpClient client = new();
    private readonly Task unread = Task.CompletedTask;

    public MotoServer()
    {
        if (!Installed)
            return;
        process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        client.BaseAddress = ReadAddress(process);
        // It logs every call, and stops when nobody reads that.
        unread = Task.WhenAll(process.StandardError.BaseStream.CopyToAsync(Stream.Null), process.StandardOutput.BaseStream.CopyToAsync(Stream.Null));
        Post("/moto-api/config", """{ "stepfunctions": { "execute_state_machine": true }, "lambda": { "use_docker": false } }""");
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => client.BaseAddress ?? throw new InvalidOperationException("moto_server is not on the PATH.");

    public static void Need() => Skip.IfNot(Installed, "moto_server is not on the PATH");

    /// <summary>Leaves it the time to work, which it does not have while it is asked how far it is.</summary>
    public void LetWork()
    {
        if (process!.WaitForExit(TimeSpan.FromMilliseconds(15)))
            throw new InvalidOperationException("moto_server has ended.");
    }

    /// <summary>Forgets everything that was created.</summary>
    public void Reset() => Post("/moto-api/reset", "");

    /// <summary>Calls an operation of a JSON service.</summary>
    internal (HttpStatusCode Status, JsonObject Body) Call(string service, string target, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", target);
        Sign(request, service);
        var (status, text) = Send(request);
        return (status, JsonNode.Parse(text.StartsWith('{') ? text : "{}")!.AsObject());
    }

    /// <summary>Calls an operation of a query service.</summary>
    public XElement Query(string service, string version, params string[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(string.Join('&', parameters.Append($"Version={version}")), Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        Sign(request, service);
        var (status, text) = Send(request);
        return status is HttpStatusCode.OK ? XElement.Parse(text) : throw new InvalidOperationException($"{parameters[0]} answered {status}: {text}");
    }

    public void Dispose()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
        unread.GetAwaiter().GetResult();
        process?.Dispose();
        client.Dispose();
    }

    /// <summary>The signature is not looked at, but says which service is meant.</summary>
    private static void Sign(HttpRequestMessage request, string service) => request.Headers.TryAddWithoutValidation(
        "Authorization", $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-central-1/{service}/aws4_request, SignedHeaders=host, Signature=0");

    private static Uri ReadAddress(Process process)
    {
        var said = new StringBuilder();
        while (process.StandardError.ReadLine() is { } line)
        {
            if (line.IndexOf(Running, StringComparison.Ordinal) is >= 0 and var at)
                return new(line[(at + Running.Length)..].Trim());
            said.AppendLine(line);
        }

        process.Dispose();
        throw new InvalidOperationException($"moto_server does not start: {said}");
    }

    private void Post(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        var (status, text) = Send(request);
        if (status is not (HttpStatusCode.OK or HttpStatusCode.Created))
            throw new InvalidOperationException($"{path} answered {status}: {text}");
    }

    private (HttpStatusCode Status, string Text) Send(HttpRequestMessage request)
    {
        using var answer = client.Send(request);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return (answer.StatusCode, reader.ReadToEnd());
    }
}
