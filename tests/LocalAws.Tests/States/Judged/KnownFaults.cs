namespace LocalAws.Tests.States.Judged;

/// <summary>Something that the other interpreter does and AWS does not.</summary>
/// <param name="What">What it does.</param>
/// <param name="Document">Where AWS or the language says otherwise.</param>
/// <param name="Cases">The cases that show it.</param>
internal sealed record KnownFault(string What, string Document, params string[] Cases);

/// <summary>Where the other interpreter is wrong, seen in moto 5.2.1. A fault that no longer appears fails its test, so the list stays true.</summary>
internal static class KnownFaults
{
    private const string Language = "states-language.net/spec.html";
    private const string Intrinsics = "docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html";
    private const string Errors = "docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html";
    private const string Variables = "docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html";
    private const string Context = "docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html";
    private const string Paths = "docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html";

    public static readonly IReadOnlyList<KnownFault> All =
    [
        new(
            "A function that cannot do its work fails with States.Runtime, which nothing catches, not with States.IntrinsicFailure.",
            Errors,
            "catch: a function that cannot do its work",
            "States.ArrayPartition($.list, 0)",
            "States.ArrayLength($.name)",
            "States.ArrayRange(1, 5000, 1)",
            "States.ArrayRange(1, 5, 0)",
            "States.ArrayGetItem($.list, 4)",
            "States.Hash('a', 'CRC')",
            "States.StringToJson('{')",
            "States.Format('{} {}', $.n)",
            "States.Format($.n)",
            "States.MathAdd('1', 2)",
            "States.JsonMerge($.object, $.other, true)"),
        new("Arguments that a function cannot take are overlooked.", Intrinsics, "States.Base64Decode('?')", "States.MathRandom(5, 5)", "States.Format('{}', $.n, $.n)"),
        new(
            "A number with a fraction, as an argument, refuses the definition.",
            Intrinsics,
            "States.ArrayContains($.list, 2.0)",
            "States.ArrayUnique(States.Array(1, 1.0, '1', $.list, $.list))",
            "States.Array($.n, 'x', 1.5, true, null, $.object.b)"),
        new("States.UUID with an argument refuses the definition; AWS says so when it runs.", Intrinsics, "States.UUID(1)"),
        new("An argument that is null is lost.", Intrinsics, "States.Array(true, null)"),
        new("Base64 of a text beyond ASCII cannot be decoded.", Intrinsics, "States.Base64Decode(States.Base64Encode('üß'))"),
        new("1 and true are the same.", Intrinsics, "States.ArrayUnique(States.Array(1, true))"),
        new("A range cannot count down.", Intrinsics, "States.ArrayRange(3, -1, -2)"),
        new("Escaped characters of a literal stay escaped.", Intrinsics, "States.Format('\\\\{{}\\\\}', $.n)", "States.Format('it\\\\'s {} {} {}', true, null, $.object)"),
        new("An output that is a text comes without its quotes, so one that is JSON cannot be told from it.", Language + "#data", "States.JsonToString($.object)"),
        new("States.NoChoiceMatched is States.Runtime, which nothing catches.", Errors, "choice: nothing matches", "catch: a choice that nothing matches"),
        new("States.ResultPathMatchFailure is States.Runtime.", Errors, "pass: a result below a number", "catch: the place for the error does not fit"),
        new("A Map over what is no list fails with an error name of JSONata.", Errors, "map: what is no list"),
        new("A Choice takes a variable that is not there for one that does not match.", Language + "#choice-state", "choice: a variable that is not there"),
        new("Values of different types end the execution instead of not matching.", Language + "#choice-state", "n \"NumericGreaterThanPath\": \"$.text\""),
        new("An escaped asterisk of a pattern matches anything.", Language + "#choice-state", "star \"StringMatches\": \"a\\\\*b\""),
        new(
            "Timestamps with an offset or a fraction of a second are not read.",
            Language + "#timestamps",
            "time \"TimestampEqualsPath\": \"$.sameTime\"",
            "time \"TimestampLessThanPath\": \"$.laterTime\"",
            "laterTime \"TimestampGreaterThanPath\": \"$.time\""),
        new(
            "Assign ends the execution with an error of the interpreter's own.",
            Variables,
            "variables: assigned, read, assigned again from the old value",
            "variables: a branch sees the outer ones and keeps its own",
            "variables: a choice rule assigns, a choice compares",
            "variables: a choice that goes to its default assigns too",
            "variables: what is caught is assigned from the error",
            "wait: assigns",
            "task: a variable from its result"),
        new("There is no $$.Execution.RedriveCount.", Context, "context: how often the execution was taken up again"),
        new("A second attempt sees the parameters of the first, and no other RetryCount.", Context, "retry: the second attempt counts itself in the context"),
        new("What is right below an item of a list is a list of one.", Paths, "pass: a template nests objects and lists"),
        new("The last item, [-1], is a list of one.", Paths, "$.list[-1]"),
        new("Names may hold only ASCII letters.", Paths, "$.ünï_1"),
        new("Names in brackets cannot be several.", Paths, "$.store.bicycle[\"price\",'colour-of it']"),
        new("A path that goes on below what is not there finds an empty list.", Paths, "$.nope[*]"),
        new("A filter that nothing passes ends the execution instead of giving an empty list.", Paths, "$.store.book[?(@.price > 100)]"),
        new(
            "Filters know neither &&, ||, ! nor !=.",
            Paths,
            "$.store.book[?(@.category == 'b' && @.price >= 12.5)].title",
            "$.store.book[?(!(@.isbn || @.price == 8))].title",
            "$.store.book[?(@.category != \"b\")].title"),
    ];

    public static KnownFault? Of(string name) => All.SingleOrDefault(fault => fault.Cases.Contains(name, StringComparer.Ordinal));
}
