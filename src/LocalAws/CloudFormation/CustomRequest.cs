using System.Text.Json.Nodes;

namespace LocalAws.CloudFormation;

/// <summary>A request to the function of a custom resource (AWS CloudFormation User Guide, "Custom resource request objects").</summary>
public sealed class CustomRequest
{
    private readonly List<CustomAnswer> answers = [];

    internal CustomRequest(JsonObject body) => Body = body;

    /// <summary>What the function gets.</summary>
    public JsonObject Body { get; }

    /// <summary><c>Create</c>, <c>Update</c> or <c>Delete</c>.</summary>
    public string Type => this["RequestType"];

    /// <summary>Its id.</summary>
    public string Id => this["RequestId"];

    /// <summary>Where the answer goes.</summary>
    public Uri Url => new(this["ResponseURL"]);

    /// <summary>All that came as an answer, whether it was understood or not.</summary>
    public IReadOnlyList<CustomAnswer> Answers => answers;

    internal TaskCompletionSource<CustomAnswer> Answered { get; } = new();

    private string this[string field] => (string)Body[field]!;

    internal void Take(CustomAnswer answer)
    {
        answers.Add(answer);
        Answered.TrySetResult(answer);
    }
}
