using System.Collections.Immutable;
using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>What the roles of a stack are allowed, against what has been called.</summary>
public static class StackPermissions
{
    private static readonly ImmutableArray<RoleDuty> OfFunction = [RoleDuty.FunctionLogs, RoleDuty.Tracing];
    private static readonly ImmutableArray<RoleDuty> OfStateMachine = [RoleDuty.StateMachineLogs, RoleDuty.Tracing];

    /// <summary>
    /// The permissions that could be taken away, one at a time, without anything that ran being refused; those that AWS services use
    /// in the role's name are not among them.
    /// </summary>
    public static ImmutableArray<Permission> Dispensable(this Stack stack, AccessControl access)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(access);
        return
        [
            .. stack.Functions.Values.SelectMany(function => Dispensable(access, function.Role.Caller, Duties(function))),
            .. stack.StateMachines.Values.SelectMany(machine => Dispensable(access, machine.Role.Caller, OfStateMachine)),
            .. stack.Pipes.SelectMany(pipe => Dispensable(access, pipe.Role, [])),
        ];
    }

    private static IEnumerable<Permission> Dispensable(AccessControl access, Caller caller, ImmutableArray<RoleDuty> duties) =>
        access.Dispensable(caller).Where(permission => !UsedByServices.Covers(permission.Action, duties));

    private static ImmutableArray<RoleDuty> Duties(FunctionSettings function)
    {
        var duties = function.Vpc is null ? OfFunction : OfFunction.Add(RoleDuty.FunctionInVpc);
        return MakesLinkedRole(function.Role) ? duties.Add(RoleDuty.FirstLoadBalancer) : duties;
    }

    private static bool MakesLinkedRole(RoleSettings role) =>
        role.Policies.SelectMany(policy => policy.Statements).SelectMany(statement => statement.Actions)
            .Any(action => action is "elasticloadbalancing:CreateLoadBalancer" or "elasticloadbalancing:CreateTargetGroup");
}
