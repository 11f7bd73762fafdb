namespace Amazon.Lambda.Core;

/// <summary>The X-Ray trace header of the invocation that runs.</summary>
public class LambdaTraceProvider
{
    public static string CurrentTraceId => Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
}
