using LocalAws.Access;
using LocalAws.CloudFormation;
using LocalAws.Faults;
using LocalAws.Signing;
using LocalAws.Wire;

namespace LocalAws.Doors;

/// <summary>What lies behind every door: finds service, caller and operation, lets faults and throttles strike, and logs the call.</summary>
public sealed class Gateway(Cloud cloud)
{
    private static readonly TimeSpan ShortestTrip = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan LongestTrip = TimeSpan.FromMilliseconds(60);

    private readonly Dictionary<string, ServiceApi> services = new(StringComparer.Ordinal);

    /// <summary>The services that are open to callers.</summary>
    public IReadOnlyCollection<ServiceApi> Services => services.Values;

    /// <summary>The bucket of CloudFormation, whose callers send no key of theirs.</summary>
    internal ResponseBucket Responses => cloud.CloudFormation.Responses;

    /// <summary>Opens a service to callers.</summary>
    public void Add(ServiceApi service)
    {
        ArgumentNullException.ThrowIfNull(service);
        services.Add(service.SigningName, service);
    }

    /// <summary>Answers one request of this process, whose client is trusted to have signed it well.</summary>
    /// <exception cref="ConnectionLostException">A fault broke the connection.</exception>
    public Task<WireResponse> HandleAsync(WireRequest request, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(request);
        var requestId = cloud.Chance.Uuid();
        if (!Authorization.TryRead(request, out var authorization, out var refusal))
            throw new InvalidOperationException($"A request without a signature version 4 came through the door: {refusal.Message}");
        return services.TryGetValue(authorization.Scope.Service, out var service)
            ? TravelAsync(service, authorization, request, requestId, token)
            : throw new InvalidOperationException(NoService(authorization));
    }

    /// <summary>Answers one request of whoever sent it: its signature is checked in full.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The real time, which the date of the signature must be close to.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="ConnectionLostException">A fault broke the connection.</exception>
    public Task<WireResponse> HandleSignedAsync(WireRequest request, DateTimeOffset now, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(request);
        var requestId = cloud.Chance.Uuid();
        var meant = services.Values.FirstOrDefault(one => one.ProtocolOf(request).IsSpokenIn(request));
        var protocol = meant?.ProtocolOf(request) ?? ForeignProtocol.Of(request);
        if (!Authorization.TryRead(request, out var authorization, out var refusal))
            return Refuse(protocol, protocol.Word(refusal), requestId);
        if ((meant ?? services.GetValueOrDefault(authorization.Scope.Service)) is not { } service)
            return Refuse(protocol, ForeignProtocol.NoService(NoService(authorization)), requestId);
        refusal = SignatureCheck.OfForm(request, authorization, cloud.Options.Region, service.SigningName, now);
        if (refusal is null && cloud.Access.Find(authorization.AccessKeyId) is { } holder)
            refusal = SignatureCheck.OfSecret(request, authorization, holder.Key.SecretAccessKey);
        return refusal is null
            ? TravelAsync(service, authorization, request, requestId, token)
            : Refuse(service.ProtocolOf(request), service.ProtocolOf(request).Word(refusal), requestId);
    }

    private static Task<WireResponse> Refuse(WireProtocol protocol, AwsErrorException error, string requestId) => Task.FromResult(protocol.Write(error, requestId));

    private string NoService(Authorization authorization) =>
        $"There is no service '{authorization.Scope.Service}' here. There are: {string.Join(", ", services.Keys.Order(StringComparer.Ordinal))}.";

    private async Task<WireResponse> TravelAsync(ServiceApi service, Authorization authorization, WireRequest request, string requestId, CancellationToken token)
    {
        using var waiting = cloud.Access.Find(authorization.AccessKeyId)?.Caller.Wait?.Invoke();
        await cloud.Time.Delay(cloud.Chance.Between(ShortestTrip, LongestTrip), token).ConfigureAwait(false);
        try
        {
            var answer = await AnswerAsync(service, authorization, request, requestId, token).ConfigureAwait(false);
            if (!cloud.Access.IsRevoked(authorization.AccessKeyId))
                return answer;
        }
        catch (ConnectionLostException) when (cloud.Access.IsRevoked(authorization.AccessKeyId))
        {
        }

        return await NobodyListens().ConfigureAwait(false);
    }

    private async Task<WireResponse> AnswerAsync(ServiceApi service, Authorization authorization, WireRequest request, string requestId, CancellationToken token)
    {
        if (cloud.Access.IsRevoked(authorization.AccessKeyId))
            return await NobodyListens().ConfigureAwait(false);
        try
        {
            if (cloud.Access.Find(authorization.AccessKeyId) is not { } holder || holder.Key.SessionToken != request.Header("X-Amz-Security-Token"))
                throw service.UnknownKey();
            var message = service.ProtocolOf(request).Read(request);
            if (!service.Operations.TryGetValue(message.Operation, out var operation))
                throw service.Unknown(message.Operation);
            var call = new ApiCall(cloud, service, operation, holder.Caller, requestId, message, token);
            return await LoggedAsync(call, holder.Key).ConfigureAwait(false);
        }
        catch (AwsErrorException error)
        {
            return service.ProtocolOf(request).Write(error, requestId);
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
            cloud.Trail.Note(call, key, null, error);
            throw error;
        }
        catch (AwsErrorException error)
        {
            cloud.Calls.Fail(place, error.Code);
            cloud.Trail.Note(call, key, null, error);
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
        cloud.Trail.Note(call, key, answer, null);
        await StrikeAfterAsync(call, key, fault).ConfigureAwait(false);
        return call.Service.ProtocolOf(call.Message.Http).Write(call.Operation.Name, answer, call.RequestId);
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

    private async Task StrikeAfterAsync(ApiCall call, IssuedKey key, FaultKind? fault)
    {
        if (fault is FaultKind.NoAnswer && call.Token.CanBeCanceled)
            await cloud.Time.Delay(Timeout.InfiniteTimeSpan, call.Token).ConfigureAwait(false);
        if (fault is FaultKind.AnswerLost or FaultKind.NoAnswer)
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
