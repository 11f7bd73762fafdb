using Amazon.Lambda.Core;
using LocalAws.Templates;

namespace LocalAws.Lambda;

/// <summary>What a function is told about one invocation; its remaining time is simulated time.</summary>
internal sealed class InvocationContext(FunctionSettings function, string requestId, string logStream, string traceId, TimeProvider time, ILambdaLogger logger) : ILambdaContext
{
    private readonly DateTimeOffset deadline = time.GetUtcNow() + function.Timeout;

    public string AwsRequestId => requestId;

    public IClientContext ClientContext => null!;

    public string FunctionName => function.FunctionName;

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => function.Arn;

    public ILambdaLogger Logger => logger;

    public string LogGroupName => $"/aws/lambda/{function.FunctionName}";

    public string LogStreamName => logStream;

    public int MemoryLimitInMB => function.MemoryMb;

    public TimeSpan RemainingTime => deadline - time.GetUtcNow();

    public string TenantId => "";

    public string TraceId => traceId;

    public ILambdaSerializer Serializer => null!;
}
