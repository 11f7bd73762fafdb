using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Definitions;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Reading;

/// <summary>Reads one state.</summary>
internal static class StateReader
{
    private const int MostSeconds = 99_999_999;

    private static readonly string[] WaitFields = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];

    public static State? Read(string name, Fields fields)
    {
        fields.Text("Comment");
        DefinitionReader.RefuseOtherLanguage(fields);
        var type = fields.RequiredText("Type");
        State? state = type switch
        {
            "Task" => Task(name, fields),
            "Parallel" => new ParallelState(name, ShapeReader.Full(fields), Transition(fields), Branches(fields), RecoveryReader.Read(fields)),
            "Map" => MapReader.Read(name, fields),
            "Choice" => Choice(name, fields),
            "Wait" => new WaitState(name, ShapeReader.Plain(fields), Transition(fields), Until(fields)),
            "Pass" => Pass(name, fields),
            "Succeed" => new SucceedState(name, ShapeReader.Plain(fields)),
            "Fail" => new FailState(name, ShapeReader.None, TextOrPath(fields, "Error"), TextOrPath(fields, "Cause")),
            _ => null,
        };
        if (state is not null)
            fields.Close();
        else if (type.Length > 0)
            fields.Wrong("Type", $"The value must be Task, Parallel, Map, Choice, Wait, Pass, Succeed or Fail, but is {type}");
        return state;
    }

    /// <summary>Where a state leads: <c>Next</c>, or null for <c>End</c>.</summary>
    public static string? Transition(Fields fields)
    {
        var next = fields.Text("Next");
        var end = fields.Flag("End") ?? false;
        if (next is null == !end)
            fields.Wrong("", next is null ? "The state must have \"Next\" or \"End\": true" : "The state cannot have both \"Next\" and \"End\": true");
        return next;
    }

    /// <summary>A number, or <c>…Path</c>.</summary>
    public static Seconds? Number(Fields fields, string name, int least, int most)
    {
        var number = fields.Number(name, least, most);
        var path = fields.JsonPath(name + "Path");
        if (fields.Has(name) && fields.Has(name + "Path"))
            fields.Wrong(name, $"{name} and {name}Path cannot both be given");
        if (path is { IsDefinite: false })
            fields.Wrong(name + "Path", $"The value must be a reference path, but is '{path.Text}'");
        return number is null && path is null ? null : new((int)(number ?? 0), path);
    }

    private static TaskState Task(string name, Fields fields)
    {
        fields.Refuse("Credentials", "Credentials of other accounts are not imitated here");
        var shape = ShapeReader.Full(fields);
        var resource = ResourceReader.Read(fields, shape.Parameters as PayloadTemplate.Members);
        var (timeout, heartbeat) = (Number(fields, "TimeoutSeconds", 1, MostSeconds), Number(fields, "HeartbeatSeconds", 1, MostSeconds));
        if (heartbeat is { Path: null } && timeout is { Path: null } && heartbeat.Fixed >= timeout.Fixed)
            fields.Wrong("HeartbeatSeconds", "The value must be less than TimeoutSeconds");
        return new(name, shape, Transition(fields), resource, timeout, heartbeat, RecoveryReader.Read(fields));
    }

    private static ImmutableArray<Flow> Branches(Fields fields)
    {
        if (!fields.Has("Branches"))
            fields.Missing("Branches");
        var branches = ImmutableArray.CreateBuilder<Flow>();
        foreach (var branch in fields.Objects("Branches"))
        {
            branch.Text("Comment");
            branches.Add(DefinitionReader.Flow(branch));
            branch.Close();
        }

        return branches.ToImmutable();
    }

    private static ChoiceState Choice(string name, Fields fields) =>
        new(name, ShapeReader.Plain(fields), ChoiceReader.Read(fields), fields.Text("Default"));

    private static PassState Pass(string name, Fields fields)
    {
        var hasResult = fields.TryTake("Result", out var result);
        return new(name, ShapeReader.WithoutSelector(fields), Transition(fields), hasResult, result);
    }

    private static WaitTime Until(Fields fields)
    {
        if (WaitFields.Count(fields.Has) != 1)
            fields.Wrong("", "A Wait has exactly one of Seconds, SecondsPath, Timestamp and TimestampPath");
        var seconds = Number(fields, "Seconds", 0, MostSeconds);
        var text = fields.Text("Timestamp");
        var timestamp = Timestamps.Read(text);
        if (text is not null && timestamp is null)
            fields.Wrong("Timestamp", $"The value must be a timestamp, but is {text}");
        return new(seconds, timestamp, fields.JsonPath("TimestampPath"));
    }

    private static Expression? TextOrPath(Fields fields, string name)
    {
        var text = fields.Text(name);
        var path = fields.Text(name + "Path");
        if (text is not null && path is not null)
            fields.Wrong(name, $"{name} and {name}Path cannot both be given");
        if (path is null)
            return text is null ? null : new Expression.Literal(JsonValue.Create(text));
        try
        {
            return Expression.Parse(path);
        }
        catch (PathSyntaxException e)
        {
            fields.Wrong(name + "Path", e.Message);
            return null;
        }
    }
}
