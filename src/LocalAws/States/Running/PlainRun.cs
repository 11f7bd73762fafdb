using LocalAws.States.Definitions;
using LocalAws.States.Payloads;

namespace LocalAws.States.Running;

/// <summary>Runs the states that take no time: Choice, Pass, Succeed and Fail.</summary>
internal static class PlainRun
{
    public static Step Run(Visit visit, State state) => state switch
    {
        ChoiceState choice => Choose(visit, choice),
        PassState pass => Pass(visit, pass),
        SucceedState => Succeed(visit),
        FailState fail => throw Fail(visit, fail),
        _ => throw new InvalidOperationException($"A state of type {state.Type} takes time."),
    };

    private static Step Choose(Visit visit, ChoiceState choice)
    {
        var selected = visit.Selected();
        var view = visit.See(selected);
        var rule = choice.Rules.FirstOrDefault(rule => ChoiceConditions.Holds(rule.Condition, view));
        var next = rule?.Next ?? choice.Default ?? throw new StateFailedException(
            StatesErrors.NoChoiceMatched,
            $"An error occurred while executing the state '{choice.Name}' (entered at the event id #{visit.EnteredId}). No choice rule matched and the state has no default.");
        visit.Assign(rule is null ? choice.Shape.Assign : rule.Assign, selected);
        return new(visit.Passed(selected), next);
    }

    private static Step Pass(Visit visit, PassState pass)
    {
        var effective = visit.Effective();
        return new(visit.Place(pass.HasResult ? Json.Copy(pass.Result) : effective), pass.Next);
    }

    private static Step Succeed(Visit visit)
    {
        var selected = visit.Selected();
        visit.Assign(visit.State.Shape.Assign, selected);
        return new(visit.Passed(selected), null);
    }

    private static StateFailedException Fail(Visit visit, FailState fail) =>
        new(Text(visit, fail.Error, "Error") ?? "", Text(visit, fail.Cause, "Cause"));

    private static string? Text(Visit visit, Expression? expression, string field)
    {
        if (expression is null)
            return null;
        var value = expression.Evaluate(visit.See(visit.Input), field + "Path", visit.Engine.Chance);
        return Json.String(value) ?? throw StatesErrors.Runtimes($"The value of {field}Path must be a string, but is {Json.Text(value)}");
    }
}
