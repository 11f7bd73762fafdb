using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Reading;

/// <summary>Reads <c>Retry</c> and <c>Catch</c>.</summary>
internal static class RecoveryReader
{
    private const int MostSeconds = 99_999_999;
    private const int MostDelaySeconds = 31_622_400;

    public static Recovery Read(Fields fields) => new(
        [.. Each(fields, "Retry", Retrier)],
        [.. Each(fields, "Catch", Catcher)]);

    private static IEnumerable<T> Each<T>(Fields fields, string name, Func<Fields, bool, T> read)
    {
        var entries = fields.Objects(name).ToList();
        for (var at = 0; at < entries.Count; at++)
        {
            yield return read(entries[at], at == entries.Count - 1);
            entries[at].Close();
        }
    }

    private static Retrier Retrier(Fields fields, bool last)
    {
        var errors = ErrorEquals(fields, last);
        fields.Text("Comment");
        var interval = fields.Number("IntervalSeconds", 1, MostSeconds) ?? 1;
        var attempts = fields.Number("MaxAttempts", 0, MostSeconds) ?? 3;
        var rate = fields.Number("BackoffRate", 1, decimal.MaxValue, whole: false) ?? 2;
        var most = fields.Number("MaxDelaySeconds", 1, MostDelaySeconds);
        if (most <= interval)
            fields.Wrong("MaxDelaySeconds", "The value must be greater than IntervalSeconds");
        var jitter = fields.Text("JitterStrategy") ?? "NONE";
        if (jitter is not ("FULL" or "NONE"))
            fields.Wrong("JitterStrategy", $"The value must be FULL or NONE, but is {jitter}");
        return new(
            errors,
            TimeSpan.FromSeconds((double)interval),
            (int)attempts,
            (double)rate,
            most is { } delay ? TimeSpan.FromSeconds((double)delay) : null,
            jitter == "FULL");
    }

    private static Catcher Catcher(Fields fields, bool last)
    {
        var errors = ErrorEquals(fields, last);
        fields.Text("Comment");
        return new(errors, fields.RequiredText("Next"), ShapeReader.Reference(fields, "ResultPath"), ShapeReader.Assign(fields));
    }

    private static ImmutableArray<string> ErrorEquals(Fields fields, bool last)
    {
        if (!fields.TryTake("ErrorEquals", out var value))
            fields.Missing("ErrorEquals");
        if (value is not JsonArray { Count: > 0 } names || names.Any(name => Json.String(name) is null))
        {
            fields.Wrong("ErrorEquals", "The value must be an array of at least one error name");
            return [];
        }

        var errors = names.Select(name => Json.String(name)!).ToImmutableArray();
        if (errors.Any(name => name == StatesErrors.All) && (errors.Length > 1 || !last))
            fields.Wrong("ErrorEquals", $"{StatesErrors.All} must stand alone, and in the last entry");
        return errors;
    }
}
