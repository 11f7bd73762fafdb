using System.Net;
using LocalAws.Templates;
using LocalAws.Wire;

namespace LocalAws.Lambda;

/// <summary>
/// How many invocations may run at once: a function with reserved concurrency has its own, all others share the rest
/// (AWS Lambda Developer Guide, "Understanding Lambda function scaling").
/// </summary>
internal sealed class Concurrency
{
    /// <summary>The account's (AWS Lambda Developer Guide, "Lambda quotas").</summary>
    public const int Account = 1000;

    /// <summary>What must stay unreserved.</summary>
    public const int LeastUnreserved = 100;

    private const string Shared = "";

    private readonly Dictionary<string, int> running = new(StringComparer.Ordinal);

    /// <exception cref="AwsErrorException"><c>TooManyRequestsException</c>.</exception>
    public void Enter(FunctionSettings function, int reservedByAll)
    {
        var pool = Pool(function);
        var most = function.ReservedConcurrency ?? Account - reservedByAll;
        if (running.GetValueOrDefault(pool) >= most)
        {
            throw new AwsErrorException("TooManyRequestsException", "Rate Exceeded.", HttpStatusCode.TooManyRequests)
            {
                Reason = function.ReservedConcurrency is null ? "ConcurrentInvocationLimitExceeded" : "ReservedFunctionConcurrentInvocationLimitExceeded",
            };
        }

        running[pool] = running.GetValueOrDefault(pool) + 1;
    }

    public void Leave(FunctionSettings function) => running[Pool(function)]--;

    private static string Pool(FunctionSettings function) => function.ReservedConcurrency is null ? Shared : function.FunctionName;
}
