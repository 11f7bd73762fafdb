using ServerlessPrivateLink.Tests.Deployment;
using YamlDotNet.RepresentationModel;

namespace ServerlessPrivateLink.Tests.Deploying;

/// <summary>What SAM makes of the events of template.yaml, by the names that it gives (AWS SAM Developer Guide, "Generated AWS CloudFormation resources").</summary>
internal static class GeneratedNames
{
    public static IEnumerable<(string Owner, string[] Names)> All =>
        from owner in TemplateFile.Functions.Concat(TemplateFile.StateMachines)
        from happening in TemplateFile.At(owner.Value, "Events") is YamlMappingNode events ? events.Children.AsEnumerable() : []
        let id = owner.Key + ((YamlScalarNode)happening.Key).Value
        select (owner.Key, new[] { id, id + (TemplateFile.Text(happening.Value, "Type") == "ScheduleV2" ? "Role" : "Permission") });
}
