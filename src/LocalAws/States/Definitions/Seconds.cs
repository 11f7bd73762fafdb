using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Definitions;

/// <summary>A whole number that stands in the definition or comes from the data.</summary>
/// <param name="Fixed">The number.</param>
/// <param name="Path">Where it comes from, when it is not fixed.</param>
public sealed record Seconds(int Fixed, JsonPath? Path)
{
    internal int Get(View view, string field, int least)
    {
        if (Path is null)
            return Fixed;
        var value = view.Get(Path, field);
        return Json.Number(value) is { } number && number >= least && number <= int.MaxValue && decimal.IsInteger(number)
            ? (int)number
            : throw StatesErrors.Runtimes($"The {field} parameter must be an integer of at least {least}, but '{Path.Text}' is {Json.Text(value)}");
    }
}

/// <summary>For or until when a Wait waits; exactly one is given.</summary>
/// <param name="Seconds">For so long.</param>
/// <param name="Timestamp">Until this instant.</param>
/// <param name="TimestampPath">Until an instant in the data.</param>
public sealed record WaitTime(Seconds? Seconds, DateTimeOffset? Timestamp, JsonPath? TimestampPath);
