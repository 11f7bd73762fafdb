using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.States.Intrinsics;

/// <summary>The arguments of one call; each taker fails the state with <c>States.IntrinsicFailure</c> when the argument does not fit.</summary>
internal sealed record Arguments(string Function, ImmutableArray<JsonNode?> All)
{
    public const int LongestText = 10_000;

    public StateFailedException Wrong(string problem) => new(StatesErrors.IntrinsicFailure, $"Invalid arguments in {Function}: {problem}");

    public Arguments Expect(int least, int most)
    {
        if (All.Length < least || All.Length > most)
            throw Wrong(least == most ? $"{least} expected, {All.Length} given" : $"{least} to {most} expected, {All.Length} given");
        return this;
    }

    public Arguments Expect(int count) => Expect(count, count);

    public string Text(int at) => Json.String(All[at]) ?? throw Wrong($"argument {at + 1} must be a string, but is {Json.Text(All[at])}");

    public string ShortText(int at) => Text(at) is { Length: <= LongestText } text
        ? text
        : throw Wrong($"argument {at + 1} is longer than {LongestText} characters");

    public JsonArray Array(int at) => All[at] as JsonArray ?? throw Wrong($"argument {at + 1} must be an array, but is {Json.Text(All[at])}");

    public JsonObject Object(int at) => All[at] as JsonObject ?? throw Wrong($"argument {at + 1} must be an object, but is {Json.Text(All[at])}");

    public bool Boolean(int at) => Json.Boolean(All[at]) ?? throw Wrong($"argument {at + 1} must be a boolean, but is {Json.Text(All[at])}");

    /// <summary>A whole number; as in AWS a fraction is rounded.</summary>
    public int Integer(int at)
    {
        var number = Json.Number(All[at]) ?? throw Wrong($"argument {at + 1} must be a number, but is {Json.Text(All[at])}");
        var rounded = Math.Floor(number + 0.5m);
        return rounded is >= int.MinValue and <= int.MaxValue ? (int)rounded : throw Wrong($"argument {at + 1} is out of range: {Json.Text(All[at])}");
    }
}
