using LocalAws.States.Definitions;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Reading;

/// <summary>Reads a Map; only the inline mode is imitated.</summary>
internal static class MapReader
{
    private static readonly string[] DistributedFields =
    [
        "ItemReader", "ItemBatcher", "ResultWriter", "Label", "ToleratedFailureCount", "ToleratedFailureCountPath",
        "ToleratedFailurePercentage", "ToleratedFailurePercentagePath",
    ];

    public static MapState Read(string name, Fields fields)
    {
        foreach (var field in DistributedFields)
            fields.Refuse(field, "Distributed maps are not imitated here");
        var shape = ShapeReader.Full(fields);
        return new(
            name,
            shape with { Parameters = null },
            StateReader.Transition(fields),
            Processor(fields),
            fields.JsonPath("ItemsPath") ?? JsonPath.Whole,
            Selector(fields, shape.Parameters),
            StateReader.Number(fields, "MaxConcurrency", 0, int.MaxValue) ?? new(0, null),
            RecoveryReader.Read(fields));
    }

    private static Flow Processor(Fields fields)
    {
        var name = fields.Has("Iterator") ? "Iterator" : "ItemProcessor";
        if (fields.Has("ItemProcessor") && fields.Has("Iterator"))
            fields.Wrong("Iterator", "ItemProcessor and Iterator cannot both be given");
        if (fields.Object(name) is not { } processor)
            return DefinitionReader.NoFlow;
        processor.Text("Comment");
        if (processor.Has("ProcessorConfig") && processor.Object("ProcessorConfig") is { } config)
        {
            if (config.Text("Mode") is { } mode && mode != "INLINE")
                config.Wrong("Mode", "Distributed maps are not imitated here", "NOT_SUPPORTED_HERE");
            config.Text("ExecutionType");
            config.Close();
        }

        var flow = DefinitionReader.Flow(processor);
        processor.Close();
        return flow;
    }

    /// <summary>Before there was ItemSelector, Parameters did its work.</summary>
    private static PayloadTemplate? Selector(Fields fields, PayloadTemplate? parameters)
    {
        var selector = fields.Template("ItemSelector");
        if (selector is not null && parameters is not null)
            fields.Wrong("Parameters", "ItemSelector and Parameters cannot both be given");
        return selector ?? parameters;
    }
}
