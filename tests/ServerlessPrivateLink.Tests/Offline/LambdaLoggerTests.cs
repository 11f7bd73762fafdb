using System.Reflection.Emit;
using Amazon.Lambda.Core;
using Amazon.Lambda.TestUtilities;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class LambdaLoggerTests
{
    private readonly TestLambdaLogger buffered = new();

    [Fact]
    public void A_record_with_arguments_keeps_its_template_and_lists_them()
    {
        ((ILambdaLogger)buffered).LogInformation("a {B}", 1);

        Assert.Equal("Information: a {B}\n\t1\n\n", Text);
    }

    [Fact]
    public void A_record_with_an_exception_ends_with_it()
    {
        ((ILambdaLogger)buffered).LogError(new InvalidOperationException("late"), "a {B}", 1);

        Assert.StartsWith("Error: a {B}\n\t1\nSystem.InvalidOperationException: late\n", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_logger_with_the_two_lines_only_drops_the_level()
    {
        var lines = new Lines();

        ((ILambdaLogger)lines).LogWarning("careful");

        Assert.Equal(["careful"], lines.Seen);
    }

    [Fact]
    public void The_default_record_with_arguments_calls_itself_as_in_the_official_package()
    {
        var method = typeof(ILambdaLogger).GetMethod(nameof(ILambdaLogger.Log), [typeof(string), typeof(string), typeof(object[])])!;
        var code = method.GetMethodBody()!.GetILAsByteArray()!;

        var call = Array.IndexOf(code, (byte)OpCodes.Callvirt.Value);

        Assert.Equal(method, method.Module.ResolveMethod(BitConverter.ToInt32(code, call + 1)));
    }

    [Fact]
    public void A_test_context_is_empty_but_for_its_logger()
    {
        var context = new TestLambdaContext();

        Assert.IsType<TestLambdaLogger>(context.Logger);
        Assert.Null(context.TraceId);
        Assert.Equal(TimeSpan.Zero, context.RemainingTime);
    }

    private string Text => buffered.Buffer.ToString().ReplaceLineEndings("\n");

    private sealed class Lines : ILambdaLogger
    {
        public List<string> Seen { get; } = [];

        public void Log(string message) => Seen.Add(message);

        public void LogLine(string message) => Seen.Add(message);
    }
}
