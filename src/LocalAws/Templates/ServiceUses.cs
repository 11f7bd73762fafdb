using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>AWS refuses a function or state machine whose role does not let the service do its part.</summary>
internal static class ServiceUses
{
    public static void Demand(Deployment deployment, RoleDuty duty, RoleSettings role, string path)
    {
        foreach (var use in UsedByServices.All.Where(use => use.Duty == duty && use.Required))
        {
            try
            {
                deployment.Cloud.Access.Demand(role.Caller, new(use.Action, "*", role.Caller.Facts));
            }
            catch (AccessDeniedException denied)
            {
                throw new TemplateException(path, denied.Message, $"a role that allows {use.Action} ({use.Source})");
            }
        }
    }
}
