using System.Collections.Immutable;

namespace LocalAws.Templates;

/// <summary>
/// The tags of what a stack makes: those of its template, the mark of SAM (AWS SAM Developer Guide: "AWS::Serverless::Function", property Tags),
/// and those that CloudFormation gives to each resource that can have tags (AWS CloudFormation User Guide: "Resource tag").
/// </summary>
internal static class StackTags
{
    /// <param name="deployment">The deployment.</param>
    /// <param name="id">The resource's logical id.</param>
    /// <param name="maker">The key under which SAM says that it made this.</param>
    /// <param name="properties">The resource's properties.</param>
    public static Tags Of(Deployment deployment, string id, string maker, Properties properties) => Tags.None.With(
    [
        .. properties.Map("Tags"),
        new(maker, "SAM"),
        .. OfCloudFormation(deployment.StackName, deployment.StackId, id),
    ]);

    /// <summary>The tags of CloudFormation alone.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> OfCloudFormation(string stackName, string stackId, string id) =>
    [
        new("aws:cloudformation:logical-id", id),
        new("aws:cloudformation:stack-id", stackId),
        new("aws:cloudformation:stack-name", stackName),
    ];
}
