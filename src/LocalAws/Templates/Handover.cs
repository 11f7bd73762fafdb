using LocalAws.Sqs;

namespace LocalAws.Templates;

/// <summary>Hands each service of a cloud what a stack made for it, and takes it back.</summary>
internal static class Handover
{
    public static void Give(Cloud cloud, Stack stack)
    {
        foreach (var group in stack.SecurityGroups.Values)
            cloud.Ec2.AddSecurityGroup(group);
        foreach (var topic in stack.Topics.Values)
        {
            cloud.Sns.Add(topic);
            cloud.Tagging.NoteDeployed(topic.Arn, Tags.None.With(StackTags.OfCloudFormation(stack.Name, stack.Id, topic.LogicalId)));
        }

        foreach (var queue in stack.Queues.Values)
            cloud.Sqs.Add(queue);
        foreach (var subscription in stack.Subscriptions)
            cloud.Sns.Subscribe(subscription);
        foreach (var function in stack.Functions.Values)
        {
            cloud.Lambda.Add(function);
            cloud.Tagging.NoteDeployed(function.Arn, function.Tags);
        }

        foreach (var machine in stack.StateMachines.Values)
        {
            cloud.StepFunctions.Add(machine);
            cloud.Tagging.NoteDeployed(machine.Arn, machine.Tags);
        }

        foreach (var rule in stack.Rules)
            cloud.Events.Add(rule);
        foreach (var pipe in stack.Pipes)
            cloud.Pipes.Add(pipe);
        foreach (var schedule in stack.Schedules)
            cloud.Scheduler.Add(schedule);
        foreach (var alarm in stack.Alarms)
        {
            cloud.CloudWatch.Add(alarm);
            cloud.Tagging.NoteDeployed(alarm.Arn, alarm.Tags);
        }
    }

    public static void TakeBack(Cloud cloud, Stack stack)
    {
        foreach (var alarm in stack.Alarms)
        {
            cloud.CloudWatch.Remove(alarm.Name);
            cloud.Tagging.Forget(alarm.Arn);
        }

        foreach (var schedule in stack.Schedules)
            cloud.Scheduler.Remove(schedule.Name);
        foreach (var pipe in stack.Pipes)
            cloud.Pipes.Remove(pipe.Name);
        foreach (var rule in stack.Rules)
            cloud.Events.Remove(rule.Name);
        foreach (var machine in stack.StateMachines.Values)
        {
            cloud.StepFunctions.Remove(machine.Arn);
            cloud.Tagging.Forget(machine.Arn);
        }

        foreach (var function in stack.Functions.Values)
        {
            cloud.Lambda.Remove(function);
            cloud.Tagging.Forget(function.Arn);
        }

        foreach (var topic in stack.Topics.Values)
        {
            cloud.Sns.Remove(topic.Arn);
            cloud.Tagging.Forget(topic.Arn);
        }

        foreach (var queue in stack.Queues.Values.Select(queue => cloud.Sqs.Find(queue.Arn)).OfType<Queue>())
            cloud.Sqs.Delete(queue);
        foreach (var group in stack.SecurityGroups.Values)
            cloud.Ec2.RemoveSecurityGroup(group.GroupId);
    }
}
