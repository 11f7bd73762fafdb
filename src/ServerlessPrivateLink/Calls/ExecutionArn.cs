namespace ServerlessPrivateLink.Calls;

/// <summary>What an execution of a state machine is called.</summary>
internal static class ExecutionArn
{
    public static string Of(string machineArn, string name) => $"{machineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}";
}
