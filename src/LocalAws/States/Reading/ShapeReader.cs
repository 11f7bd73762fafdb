using LocalAws.States.Definitions;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Reading;

/// <summary>Reads the fields that shape data; each state type takes those that belong to it.</summary>
internal static class ShapeReader
{
    /// <summary>For states with a result of their own: Task, Parallel, Map.</summary>
    public static Shape Full(Fields fields) => Plain(fields) with
    {
        Parameters = fields.Template("Parameters"),
        ResultSelector = fields.Template("ResultSelector"),
        ResultPath = Reference(fields, "ResultPath"),
    };

    /// <summary>For Pass.</summary>
    public static Shape WithoutSelector(Fields fields) => Plain(fields) with
    {
        Parameters = fields.Template("Parameters"),
        ResultPath = Reference(fields, "ResultPath"),
    };

    /// <summary>For states that pass their input on: Choice, Wait, Succeed.</summary>
    public static Shape Plain(Fields fields) => new(
        OrNull(fields, "InputPath"),
        null,
        null,
        JsonPath.Whole,
        OrNull(fields, "OutputPath"),
        Assign(fields));

    /// <summary>For Fail, which takes none of these fields.</summary>
    public static readonly Shape None = new(JsonPath.Whole, null, null, JsonPath.Whole, JsonPath.Whole, null);

    /// <summary>The variables that a state, rule or catcher sets.</summary>
    public static PayloadTemplate.Members? Assign(Fields fields) => fields.Template("Assign");

    /// <summary>A path to one place in the data; JSON null: no place.</summary>
    public static JsonPath? Reference(Fields fields, string name)
    {
        var path = OrNull(fields, name);
        if (path is null || path.IsReference)
            return path;
        fields.Wrong(name, $"The value must be a reference path, but is '{path.Text}'");
        return path;
    }

    private static JsonPath? OrNull(Fields fields, string name)
    {
        if (fields.Has(name) && fields.TryTake(name, out var value) && value is null)
            return null;
        return fields.JsonPath(name) ?? JsonPath.Whole;
    }
}
