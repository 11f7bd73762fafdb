using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Definitions;

/// <summary>One state.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What its input and output pass through.</param>
/// <param name="Next">The state after it; null: it ends its flow, or its rules decide.</param>
public abstract record State(string Name, Shape Shape, string? Next)
{
    /// <summary>The word for it in <c>Type</c> and in the names of history events.</summary>
    public abstract string Type { get; }
}

/// <summary>The fields that shape data on its way through a state; null fields were not given, or do not belong to its type.</summary>
/// <param name="InputPath">What of the input it sees; null: nothing, an empty object.</param>
/// <param name="Parameters">What it is given instead.</param>
/// <param name="ResultSelector">What is kept of its result.</param>
/// <param name="ResultPath">Where the result goes in the input; null: it is discarded.</param>
/// <param name="OutputPath">What of the output is passed on; null: nothing, an empty object.</param>
/// <param name="Assign">The variables that it sets.</param>
public sealed record Shape(
    JsonPath? InputPath,
    PayloadTemplate? Parameters,
    PayloadTemplate? ResultSelector,
    JsonPath? ResultPath,
    JsonPath? OutputPath,
    PayloadTemplate.Members? Assign);

/// <summary>Calls something.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its data.</param>
/// <param name="Next">The state after it.</param>
/// <param name="Resource">What it calls.</param>
/// <param name="Timeout">How long the call may take.</param>
/// <param name="Heartbeat">How long it may give no sign of life.</param>
/// <param name="Recovery">What happens when it fails.</param>
public sealed record TaskState(string Name, Shape Shape, string? Next, TaskResource Resource, Seconds? Timeout, Seconds? Heartbeat, Recovery Recovery)
    : State(Name, Shape, Next)
{
    /// <inheritdoc/>
    public override string Type => "Task";
}

/// <summary>Runs its branches side by side.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its data.</param>
/// <param name="Next">The state after it.</param>
/// <param name="Branches">What runs.</param>
/// <param name="Recovery">What happens when one fails.</param>
public sealed record ParallelState(string Name, Shape Shape, string? Next, ImmutableArray<Flow> Branches, Recovery Recovery) : State(Name, Shape, Next)
{
    /// <inheritdoc/>
    public override string Type => "Parallel";
}

/// <summary>Runs a flow for each item of a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its data.</param>
/// <param name="Next">The state after it.</param>
/// <param name="Processor">What runs.</param>
/// <param name="ItemsPath">Where the list is.</param>
/// <param name="ItemSelector">What each run is given instead of the item.</param>
/// <param name="MaxConcurrency">How many run at once; 0: no limit of its own.</param>
/// <param name="Recovery">What happens when one fails.</param>
public sealed record MapState(
    string Name,
    Shape Shape,
    string? Next,
    Flow Processor,
    JsonPath ItemsPath,
    PayloadTemplate? ItemSelector,
    Seconds MaxConcurrency,
    Recovery Recovery) : State(Name, Shape, Next)
{
    /// <inheritdoc/>
    public override string Type => "Map";
}

/// <summary>Goes where the first matching rule leads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its data.</param>
/// <param name="Rules">Its rules, in order.</param>
/// <param name="Default">Where it goes when none matches.</param>
public sealed record ChoiceState(string Name, Shape Shape, ImmutableArray<ChoiceRule> Rules, string? Default) : State(Name, Shape, Next: null)
{
    /// <inheritdoc/>
    public override string Type => "Choice";
}

/// <summary>Waits.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its data.</param>
/// <param name="Next">The state after it.</param>
/// <param name="Until">For or until when.</param>
public sealed record WaitState(string Name, Shape Shape, string? Next, WaitTime Until) : State(Name, Shape, Next)
{
    /// <inheritdoc/>
    public override string Type => "Wait";
}

/// <summary>Passes its input or a fixed result on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its data.</param>
/// <param name="Next">The state after it.</param>
/// <param name="HasResult">Whether it has a fixed result, which may be null.</param>
/// <param name="Result">The fixed result.</param>
public sealed record PassState(string Name, Shape Shape, string? Next, bool HasResult, JsonNode? Result) : State(Name, Shape, Next)
{
    /// <inheritdoc/>
    public override string Type => "Pass";
}

/// <summary>Ends its flow well.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its data.</param>
public sealed record SucceedState(string Name, Shape Shape) : State(Name, Shape, Next: null)
{
    /// <inheritdoc/>
    public override string Type => "Succeed";
}

/// <summary>Ends the execution, or what surrounds it, with an error.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its data.</param>
/// <param name="Error">The error name; a text or an expression.</param>
/// <param name="Cause">The description; a text or an expression.</param>
public sealed record FailState(string Name, Shape Shape, Expression? Error, Expression? Cause) : State(Name, Shape, Next: null)
{
    /// <inheritdoc/>
    public override string Type => "Fail";
}
