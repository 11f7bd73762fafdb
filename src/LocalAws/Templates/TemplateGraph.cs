using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>What in a template needs what, by reference or <c>DependsOn</c>: what is needed is made first and deleted last.</summary>
internal static class TemplateGraph
{
    /// <summary>All that a resource needs, directly or not.</summary>
    public static ImmutableSortedSet<string> NeededBy(Template template, string id)
    {
        var found = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var open = new Queue<string>([id]);
        while (open.TryDequeue(out var next))
        {
            foreach (var needed in Direct(template, next).Where(found.Add))
                open.Enqueue(needed);
        }

        return found.ToImmutable();
    }

    private static IEnumerable<string> Direct(Template template, string id)
    {
        if (template.Resources[id] is not { } resource)
            return [SamRoles.OwnerOf(template, id) ?? SamEvents.OwnerOf(template, id) ?? throw new TemplateException("Resources", $"'{id}'", "a resource of this template")];
        var mentioned = TemplateCheck.Mentions(resource["Properties"], id).Select(one => one.Name.Split('.')[0]);
        return mentioned.Concat(DependsOn(resource["DependsOn"])).Where(name => !PseudoParameters.Names.Contains(name) && !template.Parameters.ContainsKey(name));
    }

    /// <summary>The logical ids in a <c>DependsOn</c>.</summary>
    public static ImmutableArray<string> DependsOn(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.Select(entry => entry!.ToString())],
        _ => [node.ToString()],
    };
}
