using System.Text.Json.Nodes;

namespace LocalAws.CloudFormation;

/// <summary>A custom resource as its template describes it, evaluated.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type"><c>AWS::CloudFormation::CustomResource</c> or <c>Custom::…</c>.</param>
/// <param name="Properties">All its properties, <c>ServiceToken</c> among them; values are text, as CloudFormation sends them.</param>
public sealed record CustomResource(string LogicalId, string Type, JsonObject Properties)
{
    /// <summary>The function that makes it.</summary>
    public string ServiceToken => (string)Properties[nameof(ServiceToken)]!;

    /// <summary>How long an answer is waited for: 3,600 seconds at most (AWS CloudFormation Template Reference, "AWS::CloudFormation::CustomResource").</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(Properties["ServiceTimeout"] is { } seconds ? int.Parse((string)seconds!, System.Globalization.CultureInfo.InvariantCulture) : 3600);

    /// <summary>Whether another description says the same.</summary>
    public bool Says(CustomResource other) => JsonNode.DeepEquals(Properties, other?.Properties);
}
