using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.Tests.Moto;

namespace LocalAws.Tests.States.Judged;

/// <summary>
/// Draws a small machine and an input for it from a seed. Each state leaves the input's fields where they are, so that what comes
/// later usually finds them; now and then a path leads nowhere. It keeps away from what <see cref="KnownFaults"/> lists.
/// </summary>
internal sealed class RandomMachine
{
    private readonly Random random;
    private readonly RandomExpression expressions;
    private int states;

    private RandomMachine(int seed)
    {
        random = new Random(seed);
        expressions = new(random);
    }

    public static (string Definition, string Input) Draw(int seed)
    {
        var machine = new RandomMachine(seed);
        var input = machine.Input();
        return (machine.Flow(machine.random.Next(2, 5), depth: 0).ToJsonString(RecordedTasks.Plain), input.ToJsonString());
    }

    private JsonObject Input() => new()
    {
        ["n"] = random.Next(0, 4),
        ["m"] = random.Next(0, 4),
        ["zero"] = 0,
        ["s"] = expressions.Word(),
        ["t"] = expressions.Word(),
        ["yes"] = random.Next(2) == 0,
        ["nothing"] = null,
        ["list"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => JsonValue.Create(random.Next(0, 4)))]),
        ["o"] = new JsonObject { ["k"] = random.Next(0, 4), ["t"] = expressions.Word() },
    };

    private JsonObject Flow(int length, int depth)
    {
        var names = Enumerable.Range(0, length).Select(_ => string.Create(CultureInfo.InvariantCulture, $"S{states++}")).ToList();
        var flow = new JsonObject();
        for (var at = 0; at < length; at++)
            flow[names[at]] = at == length - 1 ? Last(depth) : State(names, at, depth);
        return new() { ["StartAt"] = names[0], ["States"] = flow };
    }

    private JsonObject State(List<string> names, int at, int depth)
    {
        var next = names[at + 1];
        var state = random.Next(depth < 1 ? 10 : 7) switch
        {
            0 => new() { ["Type"] = "Pass", ["Result"] = Constant(), ["ResultPath"] = Place() },
            1 or 2 => new() { ["Type"] = "Pass", ["Parameters"] = new JsonObject { ["a.$"] = expressions.Any(3), ["b"] = new JsonArray(Constant(), new JsonObject { ["c.$"] = expressions.Any(2) }) }, ["ResultPath"] = Place() },
            3 => new() { ["Type"] = "Pass", ["InputPath"] = "$.o", ["ResultPath"] = Place() },
            4 => random.Next(2) == 0 ? new() { ["Type"] = "Wait", ["Seconds"] = 0 } : new() { ["Type"] = "Wait", ["SecondsPath"] = "$.zero" },
            5 or 6 => Choice(next, names[random.Next(at + 1, names.Count)]),
            7 => Map(depth),
            _ => Parallel(depth, names[^1]),
        };
        if (state["Type"]!.GetValue<string>() != "Choice")
            state["Next"] = next;
        return state;
    }

    private JsonObject Last(int depth) => random.Next(depth == 0 ? 12 : 5) switch
    {
        0 => new() { ["Type"] = "Fail", ["ErrorPath"] = random.Next(2) == 0 ? "$.s" : "States.Format('E{}', $.n)", ["Cause"] = "drawn" },
        1 or 2 => new() { ["Type"] = "Succeed", ["OutputPath"] = random.Next(3) == 0 ? "$.o" : "$" },
        _ => new() { ["Type"] = "Pass", ["End"] = true },
    };

    private JsonObject Choice(string one, string other) => new()
    {
        ["Type"] = "Choice",
        ["Choices"] = new JsonArray(Rule(one), Rule(other)),
        ["Default"] = random.Next(2) == 0 ? one : other,
    };

    private JsonObject Rule(string next)
    {
        var rule = expressions.Condition(2);
        rule["Next"] = next;
        return rule;
    }

    private JsonObject Map(int depth) => new()
    {
        ["Type"] = "Map",
        ["ItemsPath"] = "$.list",
        ["MaxConcurrency"] = 1,
        ["ItemSelector"] = Selector(),
        ["ItemProcessor"] = Flow(random.Next(1, 3), depth + 1),
        ["ResultPath"] = Place(),
    };

    private static JsonObject Selector()
    {
        var selector = new JsonObject { ["at.$"] = "$$.Map.Item.Index", ["n.$"] = "$$.Map.Item.Value" };
        foreach (var name in new[] { "m", "zero", "s", "t", "yes", "nothing", "list", "o" })
            selector[name + ".$"] = "$." + name;
        return selector;
    }

    private JsonObject Parallel(int depth, string last)
    {
        var parallel = new JsonObject
        {
            ["Type"] = "Parallel",
            ["Branches"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Flow(random.Next(1, 3), depth + 1))]),
            ["ResultPath"] = Place(),
        };
        if (random.Next(3) == 0)
            parallel["ResultSelector"] = new JsonObject { ["first.$"] = "$[0]", ["all.$"] = "$" };
        if (random.Next(2) == 0)
            parallel["Catch"] = new JsonArray(new JsonObject { ["ErrorEquals"] = new JsonArray("States.ALL"), ["ResultPath"] = "$.error.Error", ["Next"] = last });
        return parallel;
    }

    private string Place() => random.Next(3) == 0 ? "$.r.deep" : string.Create(CultureInfo.InvariantCulture, $"$.r{states}");

    private JsonNode? Constant() => random.Next(5) switch
    {
        0 => JsonValue.Create(random.Next(-5, 5)),
        1 => JsonValue.Create(expressions.Word()),
        2 => null,
        3 => new JsonArray(1, "two"),
        _ => new JsonObject { ["x"] = random.Next(9) },
    };
}
