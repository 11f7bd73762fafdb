using System.Net;
using LocalAws.Templates;
using LocalAws.Tests.Wire;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Lambda;

public sealed class ConcurrencyTests
{
    private readonly LambdaWorld world = new();

    [Fact]
    public void A_function_with_reserved_concurrency_is_throttled_by_itself_alone()
    {
        var narrow = Slow("narrow", 2);

        Assert.Equal("ReservedFunctionConcurrentInvocationLimitExceeded", ReasonOfTheNext(narrow, 2));
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(world.Invoke(narrow).FunctionError);
    }

    [Fact]
    public void Others_leave_a_reserved_function_its_room()
    {
        var narrow = Slow("narrow", 2);
        var other = Slow("other", null);

        world.Cloud.Time.Run(async () =>
        {
            for (var at = 0; at < 2; at++)
                _ = world.Cloud.Lambda.InvokeAsync(other, default, "id");
            Assert.Null((await world.Cloud.Lambda.InvokeAsync(narrow, default, "id").ConfigureAwait(false)).FunctionError);
        });
    }

    [Fact]
    public void All_others_share_what_is_not_reserved()
    {
        Slow("wide", 900);

        Assert.Equal("ConcurrentInvocationLimitExceeded", ReasonOfTheNext(Slow("other", null), 100));
    }

    [Fact]
    public void The_reason_stands_in_the_answer()
    {
        Slow("closed", 0);

        var answer = new RawCaller(world.Cloud).Rest("lambda", "POST", "/2015-03-31/functions/closed/invocations");

        Assert.Equal((429, "TooManyRequestsException"), (answer.Status, answer.Response.Headers["x-amzn-ErrorType"]));
        Assert.Equal("ReservedFunctionConcurrentInvocationLimitExceeded", answer.Body["Reason"]!.GetValue<string>());
    }

    private string? ReasonOfTheNext(FunctionSettings function, int running) => world.Cloud.Time.Run(async () =>
    {
        for (var at = 0; at < running; at++)
            _ = world.Cloud.Lambda.InvokeAsync(function, default, "id");
        var error = await Assert.ThrowsAsync<AwsErrorException>(() => world.Cloud.Lambda.InvokeAsync(function, default, "id")).ConfigureAwait(false);
        Assert.Equal(("TooManyRequestsException", HttpStatusCode.TooManyRequests), (error.Code, error.Status));
        return error.Reason;
    });

    private FunctionSettings Slow(string name, int? reserved)
    {
        var function = world.Add(name, async (_, _) =>
        {
            await world.Cloud.Time.Delay(TimeSpan.FromSeconds(10), CancellationToken.None).ConfigureAwait(false);
            return "null";
        }) with
        { ReservedConcurrency = reserved };
        world.Cloud.Lambda.Add(function);
        return function;
    }
}
