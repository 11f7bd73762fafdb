using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalAws.Tests.States.Judged;

/// <summary>Draws expressions and conditions over the input of a <see cref="RandomMachine"/>.</summary>
/// <param name="random">Where they are drawn from.</param>
internal sealed class RandomExpression(Random random)
{
    private static readonly string[] Words = ["alpha", "beta", "a-b", "x,y", "Beta", ""];
    private static readonly string[] Orders = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];
    private static readonly string[] Fields = ["$.n", "$.s", "$.yes", "$.nothing", "$.list", "$.o", "$.o.k", "$.list[0]"];
    private static readonly string[] Digests = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];
    private static readonly string[] Tests = ["IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsNull"];

    public string Word() => Words[random.Next(Words.Length)];

    public string Any(int depth) => random.Next(5) switch
    {
        0 => Number(depth),
        1 => Text(depth),
        2 => List(depth),
        3 => Object(depth),
        _ => random.Next(12) == 0 ? "$.nope" : Truth(depth),
    };

    public string Number(int depth) => random.Next(depth > 0 ? 7 : 3) switch
    {
        0 => "$.n",
        1 => "$.m",
        2 => "$.o.k",
        3 => $"States.MathAdd({Number(depth - 1)}, {Whole()})",
        4 => $"States.ArrayLength({List(depth - 1)})",
        5 => $"States.ArrayGetItem($.list, 0)",
        _ => $"States.MathAdd({Number(depth - 1)}, {Number(depth - 1)})",
    };

    public JsonObject Condition(int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => new() { ["Variable"] = "$.n", ["Numeric" + Orders[random.Next(5)]] = random.Next(0, 4) },
        1 => new() { ["Variable"] = "$.n", ["Numeric" + Orders[random.Next(5)] + "Path"] = "$.m" },
        2 => new() { ["Variable"] = "$.s", ["String" + Orders[random.Next(5)]] = Words[random.Next(5)] },
        3 when random.Next(2) == 0 => new() { ["Variable"] = "$.nope", ["IsPresent"] = random.Next(2) == 0 },
        3 => new() { ["Variable"] = Fields[random.Next(Fields.Length)], [Tests[random.Next(Tests.Length)]] = random.Next(2) == 0 },
        4 => new() { ["Variable"] = "$.s", ["StringMatches"] = random.Next(2) == 0 ? "*a" : "*-*" },
        5 => new() { ["Not"] = Condition(depth - 1) },
        6 => new() { ["And"] = new JsonArray(Condition(depth - 1), Condition(depth - 1)) },
        _ => new() { ["Or"] = new JsonArray(Condition(depth - 1), Condition(depth - 1)) },
    };

    private string Text(int depth) => random.Next(depth > 0 ? 7 : 2) switch
    {
        0 => "$.s",
        1 => "$.o.t",
        2 => $"States.Format('{{}} and {{}}', {Number(depth - 1)}, {Text(depth - 1)})",
        3 => $"States.Base64Encode({Text(depth - 1)})",
        4 => $"States.Base64Decode(States.Base64Encode({Text(depth - 1)}))",
        5 => $"States.Hash({Text(depth - 1)}, '{Digests[random.Next(Digests.Length)]}')",
        _ => $"States.ArrayGetItem(States.StringSplit('a-b,c', '-,'), {random.Next(0, 3)})",
    };

    private string List(int depth) => random.Next(depth > 0 ? 6 : 1) switch
    {
        0 => "$.list",
        1 => $"States.Array({Number(depth - 1)}, {Text(depth - 1)}, {Whole()})",
        2 => $"States.ArrayRange({Whole()}, {Whole()}, {random.Next(1, 4)})",
        3 => $"States.ArrayUnique({List(depth - 1)})",
        4 => $"States.ArrayPartition({List(depth - 1)}, {random.Next(1, 4)})",
        _ => $"States.StringSplit({Text(depth - 1)}, ',')",
    };

    private string Object(int depth) => random.Next(depth > 0 ? 3 : 1) switch
    {
        0 => "$.o",
        1 => $"States.JsonMerge($.o, {Object(depth - 1)}, false)",
        _ => $"States.StringToJson(States.JsonToString({Object(depth - 1)}))",
    };

    private string Truth(int depth) => depth == 0 ? "$.yes" : $"States.ArrayContains({List(depth - 1)}, {Whole()})";

    private string Whole() => random.Next(0, 4).ToString(CultureInfo.InvariantCulture);
}
