using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>Schedules as SAM makes them, with a role each (AWS SAM Developer Guide, "ScheduleV2").</summary>
internal static partial class ScheduleResources
{
    private const string Service = "scheduler.amazonaws.com";

    public static void OfFunction(Deployment deployment, string id, string name, Properties settings)
    {
        var arn = deployment.Made.Functions[id].Arn;
        Add(deployment, id, name, settings, arn, new($"{id}{name}LambdaInvokePolicy", [new("Statement0", false, ["lambda:InvokeFunction"], [arn], [])]));
    }

    public static void OfStateMachine(Deployment deployment, string id, string name, Properties settings)
    {
        var arn = deployment.Made.StateMachines[id].Arn;
        Add(deployment, id, name, settings, arn, EventResources.Starts(id, name, arn));
    }

    private static void Add(Deployment deployment, string id, string name, Properties settings, string targetArn, Policy calls)
    {
        settings.OptionalText("Description");
        settings.Word("ScheduleExpressionTimezone", "UTC");
        settings.Word("GroupName", "default");
        settings.Ignore("OmitName", "PermissionsBoundary");
        var named = settings.Flag("OmitName") ? deployment.NewName(id + name, 64) : settings.OptionalText("Name") ?? id + name;
        var letters = settings.Group("DeadLetterConfig")?.Text("Arn");
        ImmutableArray<Policy> policies = letters is null ? [calls] : [calls, new($"{id}{name}DeadLetterPolicy", [new("Statement0", false, ["sqs:SendMessage"], [letters], [])])];
        var role = settings.OptionalText("RoleArn") is { } given
            ? Roles.For(deployment, given, Service, id, id, settings.At("RoleArn"))
            : Roles.Add(deployment, $"{id}{name}Role", deployment.NewName($"{id}{name}Role", 64), policies, [Service]);
        deployment.Made.Schedules.Add(new(
            named,
            deployment.Cloud.Arn("scheduler", $"schedule/default/{named}"),
            Rate(settings),
            Window(settings),
            targetArn,
            role.Caller,
            settings.OptionalText("Input"),
            EventResources.Retry(settings),
            letters,
            settings.Word("State", "ENABLED", "DISABLED") is "ENABLED"));
    }

    private static TimeSpan Rate(Properties settings)
    {
        var text = settings.Text("ScheduleExpression");
        var rate = Rates().Match(text);
        var number = rate.Success ? int.Parse(rate.Groups["number"].Value, CultureInfo.InvariantCulture) : 0;
        if (number < 1 || rate.Groups["many"].Success != (number > 1))
            throw new TemplateException(settings.At("ScheduleExpression"), text, "rate(1 minute), rate(5 minutes), rate(2 hours), rate(1 day), …; at and cron are not imitated here");
        return number * (rate.Groups["unit"].Value switch
        {
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        });
    }

    private static TimeSpan Window(Properties settings)
    {
        if (settings.Group("FlexibleTimeWindow") is not { } window || window.Word("Mode", "OFF", "FLEXIBLE") is "OFF")
            return TimeSpan.Zero;
        return TimeSpan.FromMinutes(window.Number("MaximumWindowInMinutes", 1, 1440) ?? throw new TemplateException(window.At("MaximumWindowInMinutes"), "nothing", "1 to 1440"));
    }

    [GeneratedRegex(@"^rate\((?<number>[0-9]{1,6}) (?<unit>minute|hour|day)(?<many>s)?\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rates();
}
