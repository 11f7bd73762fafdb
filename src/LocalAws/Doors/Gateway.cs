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
        using var waiting = cloud.Access.Find(scope.AccessKeyId)?.Caller.Wait?.Invoke();
        await cloud.Time.Delay(cloud.Chance.Between(ShortestTrip, LongestTrip), token).ConfigureAwait(false);
        try
        {
            var answer = await AnswerAsync(service, scope, request, requestId, token).ConfigureAwait(false);
            if (!cloud.Access.IsRevoked(scope.AccessKeyId))
                return answer;
        }
        catch (ConnectionLostException) when (cloud.Access.IsRevoked(scope.AccessKeyId))
        {
        }

        return await NobodyListens().ConfigureAwait(false);
    }

    private async Task<WireResponse> AnswerAsync(ServiceApi service, SignatureScope scope, WireRequest request, string requestId, CancellationToken token)
    {
        if (cloud.Access.IsRevoked(scope.AccessKeyId))
            return await NobodyListens().ConfigureAwait(false);
        try
        {
            if (cloud.Access.Find(scope.AccessKeyId) is not { } holder || holder.Key.SessionToken != request.Header("X-Amz-Security-Token"))
                throw service.UnknownKey();
            var message = service.Protocol.Read(request);
            if (!service.Operations.TryGetValue(message.Operation, out var operation))
                throw service.Unknown(message.Operation);
            var call = new ApiCall(cloud, service, operation, holder.Caller, requestId, message, token);
            return await LoggedAsync(call, holder.Key).ConfigureAwait(false);
        }
        catch (AwsErrorException error)
        {
            return service.Protocol.Write(error, requestId);
        }
    }

    private async Task<WireResponse> LoggedAsync(ApiCall call, IssuedKey key)
    {
        var place = cloud.Calls.Open(new(cloud.Time.GetUtcNow(), call.Caller.Name, call.Action, call.Operation.Mutates, null));
        try
        {
            return await CarryOutAsync(call, key).ConfigureAwait(false);
        }
        catch (AccessDeniedException denied)
        {
            var error = call.Service.Denied(denied);
            cloud.Calls.Fail(place, error.Code);
            throw error;
        }
        catch (AwsErrorException error)
        {
            cloud.Calls.Fail(place, error.Code);
            throw;
        }
        catch (Exception error)
        {
            cloud.Calls.Fail(place, error.GetType().Name);
            throw;
        }
    }

    private async Task<WireResponse> CarryOutAsync(ApiCall call, IssuedKey key)
    {
        var fault = cloud.Faults.Next(call);
        StrikeBefore(call, key, fault);
        if (!cloud.Throttles.Take(call))
            throw call.Service.Throttled();
        var answer = await call.Operation.Handle(call).ConfigureAwait(false);
        StrikeAfter(call, key, fault);
        return call.Service.Protocol.Write(call.Operation.Name, answer, call.RequestId);
    }

    private void StrikeBefore(ApiCall call, IssuedKey key, FaultKind? fault)
    {
        switch (fault)
        {
            case FaultKind.Throttle:
                throw call.Service.Throttled();
            case FaultKind.ServerError:
                throw call.Service.Failed();
            case FaultKind.Denied:
                throw AccessDeniedException.NotAllowed(call.Caller, new(call.Action, "*", ConditionKeys.None));
            case FaultKind.ConnectionLost:
                throw new ConnectionLostException(call.Action);
            case FaultKind.CallerDiesBefore:
                throw Kill(call, key);
            default:
                return;
        }
    }

    private void StrikeAfter(ApiCall call, IssuedKey key, FaultKind? fault)
    {
        if (fault is FaultKind.AnswerLost)
            throw new ConnectionLostException(call.Action);
        if (fault is FaultKind.CallerDiesAfter)
            throw Kill(call, key);
    }

    private ConnectionLostException Kill(ApiCall call, IssuedKey key)
    {
        if (call.Caller.Die is { } die)
        {
            die();
            cloud.Access.Revoke(key);
        }

        return new(call.Action);
    }

    private static Task<WireResponse> NobodyListens() => new TaskCompletionSource<WireResponse>().Task;
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
