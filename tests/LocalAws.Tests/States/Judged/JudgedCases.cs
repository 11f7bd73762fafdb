using System.Reflection;
using System.Text.Json.Nodes;
using LocalAws.Tests.Moto;
using Xunit;

namespace LocalAws.Tests.States.Judged;

/// <summary>What is put to the other interpreter: the table of definitions, and what the tests of this one say of single expressions.</summary>
internal static class JudgedCases
{
    public static readonly IReadOnlyDictionary<string, JudgedCase> Definitions = Named(ReadTable());

    public static readonly IReadOnlyDictionary<string, JudgedCase> Expressions = Named(
        Stated(typeof(ChoiceTests), nameof(ChoiceTests.A_comparison_holds_or_not)).Select(row => Comparison((string)row[0], (string)row[1], (bool)row[2]))
            .Concat(Stated(typeof(IntrinsicTests), nameof(IntrinsicTests.A_function_gives)).Select(row => Function((string)row[0], Outcome.Succeeded((string)row[1]))))
            .Concat(Stated(typeof(IntrinsicTests), nameof(IntrinsicTests.A_function_that_cannot_do_its_work_fails_the_state)).Select(row => Function((string)row[0], Outcome.Failed("States.IntrinsicFailure"))))
            .Concat(Stated(typeof(PathTests), nameof(PathTests.A_path_finds)).Select(row => Path((string)row[0], Outcome.Succeeded((string)row[1]))))
            .Concat(Stated(typeof(PathTests), nameof(PathTests.A_path_that_finds_nothing_fails_the_execution)).Select(row => Path((string)row[0], Outcome.Failed("States.Runtime")))));

    private static JudgedCase Comparison(string variable, string comparison, bool holds) => new(
        $"{variable} {comparison}", ChoiceTests.Choice($"\"Variable\": \"$.{variable}\", {comparison}"), ChoiceTests.Input, Outcome.Succeeded(holds ? "\"matched\"" : "\"other\""));

    private static JudgedCase Function(string call, Outcome expected) => new(call, IntrinsicTests.Definition(call), IntrinsicTests.Input, expected);

    private static JudgedCase Path(string path, Outcome expected) => new(path, PathTests.Definition(path), PathTests.Store, expected);

    private static IEnumerable<object[]> Stated(Type tests, string name)
    {
        var test = tests.GetMethod(name)!;
        return test.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(test));
    }

    private static IEnumerable<JudgedCase> ReadTable()
    {
        using var file = typeof(JudgedCases).Assembly.GetManifestResourceStream("judged-definitions.json")!;
        return [.. JsonNode.Parse(file)!.AsArray().Select(written => JudgedCase.Read(written!))];
    }

    private static Dictionary<string, JudgedCase> Named(IEnumerable<JudgedCase> cases) => cases.ToDictionary(one => one.Name, StringComparer.Ordinal);
}
