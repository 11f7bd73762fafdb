namespace LocalAws.States.Definitions;

/// <summary>What a Task calls.</summary>
/// <param name="Arn">As the definition writes it.</param>
public abstract record TaskResource(string Arn)
{
    /// <summary><c>arn:…:states:::lambda:invoke</c>: the parameters name the function, the result is the whole answer of Invoke.</summary>
    public sealed record LambdaInvoke(string Arn) : TaskResource(Arn);

    /// <summary>A function's ARN: the input is its event, the result is what it returns.</summary>
    public sealed record Function(string Arn) : TaskResource(Arn);
}
