using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Faults;
using LocalAws.Wire;

namespace LocalAws.Doors;

/// <summary>What lies behind every door: finds service, caller and operation, lets faults and throttles strike, and logs the call.</summary>
public sealed class Gateway(Cloud cloud)
{
    private static readonly TimeSpan ShortestTrip = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan LongestTrip = TimeSpan.FromMilliseconds(60);

    private readonly Dictionary<string, ServiceApi> services = new(StringComparer.Ordinal);

    /// <summary>Opens a service to callers.</summary>
    public void Add(ServiceApi service)
    {
        ArgumentNullException.ThrowIfNull(service);
        services.Add(service.SigningName, service);
    }

    /// <summary>Answers one request, after the time that a request takes.</summary>
    /// <exception cref="ConnectionLostException">A fault broke the connection.</exception>
    public async Task<WireResponse> HandleAsync(WireRequest request, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(request);
        var requestId = cloud.Chance.Uuid();
        var scope = SignatureScope.Read(request) ?? throw new InvalidOperationException("A request without a signature version 4 came through the door.");
        if (!services.TryGetValue(scope.Service, out var service))
            throw new InvalidOperationException($"There is no service '{scope.Service}' here. There are: {string.Join(", ", services.Keys.Order(StringComparer.Ordinal))}.");
        await cloud.Time.Delay(cloud.Chance.Between(ShortestTrip, LongestTrip), token).ConfigureAwait(false);
        try
        {
            return await HandleAsync(service, scope, request, requestId, token).ConfigureAwait(false);
        }
        catch (AwsErrorException error)
        {
            return service.Protocol.Write(error, requestId);
        }
    }

    private async Task<WireResponse> HandleAsync(ServiceApi service, SignatureScope scope, WireRequest request, string requestId, CancellationToken token)
    {
        if (cloud.Access.Find(scope.AccessKeyId) is not { } holder || holder.Key.SessionToken != request.Header("X-Amz-Security-Token"))
            throw service.UnknownKey();
        var message = service.Protocol.Read(request);
        if (!service.Operations.TryGetValue(message.Operation, out var operation))
            throw service.Unknown(message.Operation);
        var call = new ApiCall(cloud, service, operation, holder.Caller, requestId, message, token);
        var fault = cloud.Faults.Next(call);
        try
        {
            Strike(call, fault);
            if (!cloud.Throttles.Take(call))
                throw service.Throttled();
            var answer = service.Protocol.Write(operation.Name, await operation.Handle(call).ConfigureAwait(false), requestId);
            Log(call, fault is FaultKind.AnswerLost ? nameof(ConnectionLostException) : null);
            await StrikeAfterwards(call, fault).ConfigureAwait(false);
            return answer;
        }
        catch (AccessDeniedException denied)
        {
            var error = service.Denied(denied);
            Log(call, error.Code);
            throw error;
        }
        catch (AwsErrorException error)
        {
            Log(call, error.Code);
            throw;
        }
    }

    private static void Strike(ApiCall call, FaultKind? fault)
    {
        switch (fault)
        {
            case FaultKind.Throttle:
                throw call.Service.Throttled();
            case FaultKind.ServerError:
                throw call.Service.Failed();
            case FaultKind.Denied:
                throw new AccessDeniedException(call.Caller, new(call.Action, "*", ConditionKeys.None), explicitDeny: false);
            case FaultKind.ConnectionLost:
                throw new ConnectionLostException(call.Action);
            case FaultKind.CallerDiesBefore:
                call.Caller.Die?.Invoke();
                throw new ConnectionLostException(call.Action);
            default:
                return;
        }
    }

    private static async Task StrikeAfterwards(ApiCall call, FaultKind? fault)
    {
        if (fault is FaultKind.AnswerLost)
            throw new ConnectionLostException(call.Action);
        if (fault is FaultKind.CallerDiesAfter)
        {
            call.Caller.Die?.Invoke();
            await Task.FromException(new ConnectionLostException(call.Action)).ConfigureAwait(false);
        }
    }

    private void Log(ApiCall call, string? error) =>
        cloud.Calls.Add(new(cloud.Time.GetUtcNow(), call.Caller.Name, call.Action, call.Operation.Mutates, error));
}

/// <summary>The credential scope of a signature version 4.</summary>
internal sealed record SignatureScope(string AccessKeyId, string Region, string Service)
{
    public static SignatureScope? Read(WireRequest request)
    {
        const string Mark = "Credential=";
        var header = request.Header("Authorization");
        var at = header?.IndexOf(Mark, StringComparison.Ordinal) ?? -1;
        if (at < 0)
            return null;
        var parts = header![(at + Mark.Length)..].Split(',')[0].Trim().Split('/').ToImmutableArray();
        return parts.Length == 5 ? new(parts[0], parts[2], parts[3]) : null;
    }
}
